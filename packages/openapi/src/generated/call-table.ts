// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { CallTable } from '@livepeer-ai/openapi'

export const callTable = {
  "POST /audio-to-text": {
    "operationId": "genAudioToText",
    "files": [
      "audio"
    ],
    "success": {
      "200": {
        "type": [
          "object"
        ],
        "required": [
          "text",
          "chunks"
        ],
        "properties": {
          "text": {
            "type": [
              "string"
            ]
          },
          "chunks": {
            "type": [
              "array"
            ],
            "items": {
              "type": [
                "object"
              ],
              "required": [
                "timestamp",
                "text"
              ],
              "properties": {
                "timestamp": {
                  "type": [
                    "array"
                  ]
                },
                "text": {
                  "type": [
                    "string"
                  ]
                }
              }
            }
          }
        }
      }
    }
  }
} as CallTable
