// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'

export const goLivepeer: GatewayProfile = {
  "name": "go-livepeer",
  "title": "go-livepeer gateway node",
  "aliases": [
    "livepeer-cloud"
  ],
  "authentication": {
    "token": "ignored",
    "schemes": []
  },
  "limits": {
    "maxBytes": 52428800,
    "minSeconds": 1
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
    "error.message"
  ],
  "servers": [
    "https://dream-gateway.livepeer.cloud"
  ],
  "fields": {
    "genAudioToText": {
      "model_id": {
        "required": true,
        "example": "openai/whisper-large-v3",
        "minLength": 1
      },
      "return_timestamps": {
        "required": false,
        "default": "true"
      }
    }
  }
}
