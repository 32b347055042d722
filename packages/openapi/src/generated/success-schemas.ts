// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { SuccessSchemas } from '@livepeer-ai/openapi'

export const successSchemas = {
  "operations": {
    "genAudioToText": {
      "200": {
        "$ref": "#/components/schemas/TextResponse"
      }
    }
  },
  "components": {
    "schemas": {
      "TextResponse": {
        "type": "object",
        "required": [
          "text",
          "chunks"
        ],
        "properties": {
          "text": {
            "type": "string"
          },
          "chunks": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Chunk"
            }
          }
        }
      },
      "Chunk": {
        "type": "object",
        "required": [
          "timestamp",
          "text"
        ],
        "properties": {
          "timestamp": {
            "type": "array",
            "items": {}
          },
          "text": {
            "type": "string"
          }
        }
      }
    }
  }
} as SuccessSchemas
