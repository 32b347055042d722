// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'

export const livepeerStudio: GatewayProfile = {
  "name": "livepeer-studio",
  "title": "Livepeer Studio",
  "aliases": [],
  "authentication": {
    "token": "required",
    "schemes": [
      "bearer",
      "basic",
      "jwt"
    ]
  },
  "limits": {
    "maxBytes": 10485760,
    "requestsPerMinute": 20,
    "timeoutSeconds": 600
  },
  "containers": {
    "accepted": [
      "mp3",
      "flac",
      "m4a",
      "webm"
    ],
    "refused": [
      "wav",
      "ogg",
      "aac"
    ]
  },
  "envelopes": [
    "errors",
    "error.message"
  ],
  "servers": [
    "https://livepeer.studio/api/beta/generate"
  ],
  "fields": {
    "genAudioToText": {
      "model_id": {
        "required": false,
        "default": "openai/whisper-large-v3",
        "pattern": "^\\D"
      },
      "return_timestamps": {
        "required": false,
        "enum": [
          "sentence",
          "word"
        ]
      }
    }
  }
}
