// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'

export const aiRunner: GatewayProfile = {
  "name": "ai-runner",
  "title": "Livepeer ai-runner",
  "aliases": [],
  "authentication": {
    "token": "optional",
    "schemes": [
      "bearer"
    ]
  },
  "limits": {
    "maxBytes": 52428800,
    "maxWordSeconds": 3600,
    "models": [
      "openai/whisper-large-v3"
    ]
  },
  "containers": {
    "accepted": [
      "wav",
      "mp3",
      "m4a",
      "webm",
      "flac",
      "ogg"
    ],
    "refused": []
  },
  "envelopes": [
    "detail.msg",
    "detail"
  ],
  "servers": [
    "http://127.0.0.1:8000"
  ],
  "fields": {
    "genAudioToText": {
      "model_id": {
        "required": false,
        "default": ""
      },
      "return_timestamps": {
        "required": false,
        "default": "true"
      },
      "metadata": {
        "required": false,
        "default": "{}"
      }
    }
  }
}
