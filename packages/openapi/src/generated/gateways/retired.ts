// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'

export const retired: GatewayProfile = {
  "name": "retired",
  "title": "A gateway whose batch pipelines have been removed",
  "aliases": [],
  "authentication": {
    "token": "ignored",
    "schemes": []
  },
  "limits": {},
  "containers": {
    "accepted": [],
    "refused": []
  },
  "envelopes": [
    "error.message"
  ],
  "servers": [
    "https://dream-gateway.livepeer.cloud",
    "https://livepeer.studio/api/beta/generate"
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
