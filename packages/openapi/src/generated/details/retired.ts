// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'

export const deviations: readonly Deviation[] = [
  {
    "id": "retired/gone-410",
    "summary": "Every request gets 410 Gone. The contract declares no 410. The message, and `Deprecation` or `Sunset` headers, depend on the version.",
    "when": [
      {
        "path": {
          "enum": [
            "/audio-to-text"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 410,
        "mediaType": "application/json"
      }
    ],
    "frequency": "always",
    "basis": "issue",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "issue": 4036,
        "url": "https://github.com/livepeer/go-livepeer/issues/4036"
      },
      {
        "repository": "livepeer/go-livepeer",
        "issue": 3997,
        "url": "https://github.com/livepeer/go-livepeer/issues/3997"
      },
      {
        "repository": "livepeer/ai-runner",
        "issue": 904,
        "url": "https://github.com/livepeer/ai-runner/issues/904"
      }
    ],
    "checks": [
      "RT-01",
      "ME-01",
      "ME-02",
      "ME-04",
      "CN-01",
      "CN-04",
      "CN-05",
      "CN-06",
      "CN-07",
      "AU-01",
      "AU-02",
      "AU-04",
      "AU-05",
      "AU-07",
      "AU-08",
      "AU-10",
      "AU-11",
      "MP-01",
      "MP-02",
      "MP-03",
      "MP-04",
      "MP-05",
      "MP-08",
      "MP-09",
      "MP-10",
      "MP-13",
      "MP-17",
      "MP-18",
      "MP-29",
      "MP-30",
      "FV-01",
      "FV-03",
      "FV-04",
      "FV-09",
      "FV-12",
      "MD-01",
      "MD-10",
      "MD-14",
      "ER-04",
      "HD-04",
      "HD-06",
      "TR-07"
    ],
    "cope": "Do not retry. Use another gateway, or run your own."
  }
]

export const description = {
  "openapi": "3.1.0",
  "info": {
    "title": "Livepeer AI Runner",
    "version": "0.0.0",
    "summary": "Speech recognition on the Livepeer network.",
    "description": "The speech recognition interface of a Livepeer AI gateway. The requests and responses are the same for every operator.",
    "contact": {
      "name": "Livepeer AI on Discord",
      "url": "https://discord.gg/livepeer"
    },
    "license": {
      "name": "MIT",
      "identifier": "MIT"
    }
  },
  "servers": [
    {
      "url": "https://dream-gateway.livepeer.cloud",
      "description": "Community gateway of Livepeer.cloud. Free of charge, without a token, not meant for production."
    },
    {
      "url": "https://livepeer.studio/api/beta/generate",
      "description": "Livepeer Studio. Requires an API token."
    }
  ],
  "security": [],
  "tags": [
    {
      "name": "generate",
      "description": "Operations that run an AI pipeline on the client's input and return its output."
    }
  ],
  "paths": {
    "/audio-to-text": {
      "post": {
        "tags": [
          "generate"
        ],
        "summary": "Audio To Text",
        "description": "Transcribes the uploaded recording. The response contains the whole text. Unless `return_timestamps` is `false`, it also has the text in timed chunks.",
        "operationId": "genAudioToText",
        "requestBody": {
          "description": "The recording and the options for its transcription.",
          "content": {
            "multipart/form-data": {
              "schema": {
                "$ref": "#/components/schemas/Body_genAudioToText"
              },
              "encoding": {
                "audio": {
                  "contentType": "application/octet-stream"
                }
              }
            }
          },
          "required": true
        },
        "responses": {
          "200": {
            "$ref": "#/components/responses/Transcript"
          },
          "410": {
            "description": "The operation has been removed permanently.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GatewayError"
                },
                "examples": {
                  "gone": {
                    "summary": "The operation has been removed. The message of a real gateway is not known yet.",
                    "value": {
                      "error": {
                        "message": "the audio-to-text pipeline has been removed"
                      }
                    }
                  }
                }
              }
            }
          }
        },
        "security": [
          {
            "HTTPBearer": []
          }
        ],
        "deprecated": true
      }
    }
  },
  "components": {
    "securitySchemes": {
      "HTTPBearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "The API token from the gateway's operator. Some gateways require no token."
      }
    },
    "schemas": {
      "Body_genAudioToText": {
        "title": "Body_genAudioToText",
        "description": "A recording and the options for its transcription.",
        "type": "object",
        "required": [
          "audio"
        ],
        "properties": {
          "audio": {
            "title": "Audio",
            "description": "The recording, as a file part. The accepted containers depend on the gateway.",
            "type": "string",
            "format": "binary"
          },
          "model_id": {
            "title": "Model",
            "description": "Name of the speech recognition model on the Hugging Face hub, for example `openai/whisper-large-v3`. Empty selects the gateway's own model.",
            "type": "string",
            "default": ""
          },
          "return_timestamps": {
            "title": "Timestamps",
            "description": "Granularity of the chunks: `sentence`, `word`, `true` (the same as `sentence`) or `false` (no chunks).",
            "type": "string",
            "default": "true"
          },
          "metadata": {
            "title": "Metadata",
            "description": "A JSON object, as text, with more facts about the job for the pipeline.",
            "type": "string",
            "default": "{}"
          }
        }
      },
      "Chunk": {
        "title": "Chunk",
        "description": "A sentence or a word, with its time in the recording.",
        "type": "object",
        "required": [
          "timestamp",
          "text"
        ],
        "properties": {
          "timestamp": {
            "title": "Timestamp",
            "description": "Start and end, in seconds from the beginning of the recording.",
            "type": "array",
            "items": {}
          },
          "text": {
            "title": "Text",
            "description": "The words spoken in this time span.",
            "type": "string"
          }
        }
      },
      "TextResponse": {
        "title": "TextResponse",
        "description": "The words spoken in the recording.",
        "type": "object",
        "required": [
          "text",
          "chunks"
        ],
        "properties": {
          "text": {
            "title": "Text",
            "description": "The whole transcript.",
            "type": "string"
          },
          "chunks": {
            "title": "Chunks",
            "description": "The transcript in timed chunks, in order. Empty if the client requested no timestamps.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Chunk"
            }
          }
        }
      },
      "GatewayError": {
        "title": "Gateway error",
        "description": "The reason for the rejection.",
        "type": "object",
        "required": [
          "error"
        ],
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "message"
            ],
            "properties": {
              "message": {
                "type": "string"
              }
            }
          }
        }
      }
    },
    "examples": {
      "200-sentence": {
        "summary": "Timed by sentence (the default).",
        "value": {
          "text": "He was not an ill disposed young man. Unless to be rather cold hearted and rather selfish is to be ill disposed.",
          "chunks": [
            {
              "timestamp": [
                0.32,
                2.84
              ],
              "text": "He was not an ill disposed young man."
            },
            {
              "timestamp": [
                3.4,
                8.06
              ],
              "text": "Unless to be rather cold hearted and rather selfish is to be ill disposed."
            }
          ]
        }
      },
      "200-word": {
        "summary": "Timed by word.",
        "value": {
          "text": "He might even have been made amiable himself.",
          "chunks": [
            {
              "timestamp": [
                0.24,
                0.41
              ],
              "text": "He"
            },
            {
              "timestamp": [
                0.41,
                0.72
              ],
              "text": "might"
            },
            {
              "timestamp": [
                0.72,
                1.02
              ],
              "text": "even"
            },
            {
              "timestamp": [
                1.02,
                1.2
              ],
              "text": "have"
            },
            {
              "timestamp": [
                1.2,
                1.38
              ],
              "text": "been"
            },
            {
              "timestamp": [
                1.38,
                1.66
              ],
              "text": "made"
            },
            {
              "timestamp": [
                1.66,
                2.3
              ],
              "text": "amiable"
            },
            {
              "timestamp": [
                2.3,
                2.94
              ],
              "text": "himself."
            }
          ]
        }
      },
      "200-false": {
        "summary": "Without timestamps.",
        "value": {
          "text": "He might even have been made amiable himself.",
          "chunks": []
        }
      }
    },
    "responses": {
      "Transcript": {
        "description": "The transcript.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/TextResponse",
              "x-speakeasy-name-override": "data"
            },
            "examples": {
              "sentence": {
                "$ref": "#/components/examples/200-sentence"
              },
              "word": {
                "$ref": "#/components/examples/200-word"
              },
              "false": {
                "$ref": "#/components/examples/200-false"
              }
            }
          }
        }
      }
    }
  }
} as OpenAPI

export const encoder: 'go' | undefined = undefined
