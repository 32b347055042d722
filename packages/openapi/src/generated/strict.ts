// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'

export const strictDescription = {
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
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "413": {
            "$ref": "#/components/responses/ContentTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/UnprocessableContent"
          },
          "500": {
            "$ref": "#/components/responses/InternalServerError"
          }
        },
        "security": [
          {
            "HTTPBearer": []
          }
        ]
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
            "default": "true",
            "enum": [
              "sentence",
              "word",
              "true",
              "false"
            ]
          },
          "metadata": {
            "title": "Metadata",
            "description": "A JSON object, as text, with more facts about the job for the pipeline.",
            "type": "string",
            "default": "{}",
            "contentMediaType": "application/json"
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
            "minItems": 2,
            "prefixItems": [
              {
                "type": "number",
                "minimum": 0
              },
              {
                "type": [
                  "number",
                  "null"
                ],
                "minimum": 0
              }
            ],
            "items": false
          },
          "text": {
            "title": "Text",
            "description": "The words spoken in this time span.",
            "type": "string"
          }
        },
        "additionalProperties": false
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
        },
        "additionalProperties": false
      },
      "APIError": {
        "title": "APIError",
        "description": "The reason, as text.",
        "type": "object",
        "required": [
          "msg"
        ],
        "properties": {
          "msg": {
            "title": "Message",
            "description": "One human-readable sentence.",
            "type": "string",
            "minLength": 1,
            "maxLength": 1024
          }
        },
        "additionalProperties": false
      },
      "HTTPError": {
        "title": "HTTPError",
        "description": "The reason why the gateway rejected the request or failed.",
        "type": "object",
        "required": [
          "detail"
        ],
        "properties": {
          "detail": {
            "description": "The reason.",
            "allOf": [
              {
                "$ref": "#/components/schemas/APIError"
              }
            ]
          }
        },
        "additionalProperties": false
      },
      "ValidationError": {
        "title": "ValidationError",
        "description": "One error in the request.",
        "type": "object",
        "required": [
          "loc",
          "msg",
          "type"
        ],
        "properties": {
          "loc": {
            "title": "Location",
            "description": "Path to the error, outermost name first, for example `body`, `audio`.",
            "type": "array",
            "items": {
              "anyOf": [
                {
                  "type": "string"
                },
                {
                  "type": "integer"
                }
              ]
            },
            "minItems": 1
          },
          "msg": {
            "title": "Message",
            "description": "One human-readable sentence.",
            "type": "string",
            "minLength": 1,
            "maxLength": 1024
          },
          "type": {
            "title": "Type",
            "description": "Stable, machine-readable name of this kind of error.",
            "type": "string"
          }
        },
        "additionalProperties": false
      },
      "HTTPValidationError": {
        "title": "HTTPValidationError",
        "description": "The parts of the request that do not match the description.",
        "type": "object",
        "properties": {
          "detail": {
            "title": "Detail",
            "description": "One entry for each error.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ValidationError"
            },
            "minItems": 1
          }
        },
        "additionalProperties": false,
        "required": [
          "detail"
        ]
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
      },
      "400-metadata": {
        "summary": "The metadata is not JSON.",
        "value": {
          "detail": {
            "msg": "metadata is not a JSON object."
          }
        }
      },
      "401-token": {
        "summary": "No token, or one that is not accepted.",
        "value": {
          "detail": {
            "msg": "Invalid bearer token."
          }
        }
      },
      "413-size": {
        "summary": "More than the gateway accepts.",
        "value": {
          "detail": {
            "msg": "The file is larger than the 52428800 bytes that this gateway accepts."
          }
        }
      },
      "415-format": {
        "summary": "Not a recording that can be decoded.",
        "value": {
          "detail": {
            "msg": "Unsupported audio format or malformed file."
          }
        }
      },
      "422-audio-missing": {
        "summary": "No recording in the request.",
        "value": {
          "detail": [
            {
              "loc": [
                "body",
                "audio"
              ],
              "msg": "Field required",
              "type": "missing"
            }
          ]
        }
      },
      "500-pipeline": {
        "summary": "The pipeline failed.",
        "value": {
          "detail": {
            "msg": "Audio-to-text pipeline error."
          }
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
      },
      "BadRequest": {
        "description": "The gateway cannot process the request. For example, its metadata is not JSON, or this gateway does not run the model.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/HTTPError"
            },
            "examples": {
              "metadata": {
                "$ref": "#/components/examples/400-metadata"
              }
            }
          }
        }
      },
      "Unauthorized": {
        "description": "The bearer token is missing or invalid.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/HTTPError"
            },
            "examples": {
              "token": {
                "$ref": "#/components/examples/401-token"
              }
            }
          }
        },
        "headers": {
          "WWW-Authenticate": {
            "description": "The required scheme.",
            "required": true,
            "schema": {
              "type": "string",
              "pattern": "^[Bb]earer\\b"
            }
          }
        }
      },
      "ContentTooLarge": {
        "description": "The recording is larger than the gateway accepts.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/HTTPError"
            },
            "examples": {
              "size": {
                "$ref": "#/components/examples/413-size"
              }
            }
          }
        }
      },
      "UnsupportedMediaType": {
        "description": "The body is not multipart/form-data, or the recording is in a format that the gateway cannot decode.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/HTTPError"
            },
            "examples": {
              "format": {
                "$ref": "#/components/examples/415-format"
              }
            }
          }
        }
      },
      "UnprocessableContent": {
        "description": "The fields of the request do not match the description, for example because the recording is missing.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/HTTPValidationError"
            },
            "examples": {
              "audio-missing": {
                "$ref": "#/components/examples/422-audio-missing"
              }
            }
          }
        }
      },
      "InternalServerError": {
        "description": "The pipeline failed.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/HTTPError"
            },
            "examples": {
              "pipeline": {
                "$ref": "#/components/examples/500-pipeline"
              }
            }
          }
        }
      }
    }
  }
} as OpenAPI
