// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { Operation } from '@livepeer-ai/openapi'

export const operationTable = [
  {
    "operationId": "genAudioToText",
    "method": "POST",
    "path": "/audio-to-text",
    "requestBody": {
      "required": true,
      "mediaTypes": [
        "multipart/form-data"
      ]
    },
    "responses": {
      "200": [
        "application/json"
      ],
      "400": [
        "application/json"
      ],
      "401": [
        "application/json"
      ],
      "413": [
        "application/json"
      ],
      "415": [
        "application/json"
      ],
      "422": [
        "application/json"
      ],
      "500": [
        "application/json"
      ]
    },
    "security": [
      [
        "HTTPBearer"
      ]
    ]
  }
] as readonly Operation[]
