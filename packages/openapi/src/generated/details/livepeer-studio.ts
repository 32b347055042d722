// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'

export const deviations: readonly Deviation[] = [
  {
    "id": "livepeer-studio/errors-envelope",
    "summary": "Studio's own error bodies are `{\"errors\":[\"…\"]}`, never `detail`.",
    "when": [
      {
        "status": {
          "over": 399
        }
      }
    ],
    "answers": [
      {
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{message}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/errorHandler.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/errorHandler.ts"
      }
    ],
    "checks": [
      "ER-01",
      "ER-03",
      "RS-04"
    ],
    "cope": "Read the messages from `errors` as well as from `detail`."
  },
  {
    "id": "livepeer-studio/gateway-errors-passed-through",
    "summary": "When the gateway behind Studio responds 4xx, Studio passes its body through unchanged, in that gateway's envelope. That gateway's rules for recordings apply as well.",
    "when": [
      {
        "state": {
          "enum": [
            "gateway-refuses"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"audio duration calculation failed\"}}\n"
      },
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"{message}\"}}\n"
      }
    ],
    "frequency": "sometimes",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "ER-01"
    ],
    "cope": "Read `error.message` too. Expect go-livepeer's deviations about recordings here as well."
  },
  {
    "id": "livepeer-studio/unreadable-audio-is-400",
    "summary": "A file that is not a recording gets 400 from the gateway behind Studio, in that gateway's envelope. The contract declares 415.",
    "when": [
      {
        "files.audio.decodable": {
          "enum": [
            false
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"audio duration calculation failed\"}}\n"
      }
    ],
    "frequency": "always",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "MD-10",
      "ER-01"
    ],
    "cope": "Send a recording in a container that the gateway behind Studio accepts."
  },
  {
    "id": "livepeer-studio/token-echoed",
    "summary": "The body of the 401 repeats a token that does not exist.",
    "when": [
      {
        "token": {
          "enum": [
            "wrong"
          ]
        },
        "scheme": {
          "enum": [
            "bearer"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 401,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"no token {token} found\"]}"
      }
    ],
    "frequency": "always",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      }
    ],
    "checks": [
      "AU-09",
      "ER-01"
    ],
    "cope": "Never log or show the body of a 401 unchanged."
  },
  {
    "id": "livepeer-studio/upload-read-before-auth",
    "summary": "A client that sends `Expect: 100-continue` gets 100 before Studio checks the token. The 401 arrives after the upload.",
    "when": [
      {
        "token": {
          "enum": [
            "none",
            "wrong"
          ]
        },
        "files.audio": {
          "absent": false
        }
      }
    ],
    "answers": [
      {
        "status": 401,
        "mediaType": "application/json"
      }
    ],
    "frequency": "always",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      }
    ],
    "checks": [
      "AU-10"
    ],
    "cope": "Try the token with a short recording before you send a long one."
  },
  {
    "id": "livepeer-studio/forbidden-403",
    "summary": "A suspended account, or a token that does not allow the call, gets 403. The contract declares no 403.",
    "when": [
      {
        "token": {
          "enum": [
            "right"
          ]
        },
        "state": {
          "enum": [
            "account-suspended",
            "token-restricted"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 403,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{message}\"]}"
      }
    ],
    "frequency": "sometimes",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      }
    ],
    "checks": [
      "ER-04"
    ],
    "cope": "Treat 403 as 401 and do not retry."
  },
  {
    "id": "livepeer-studio/cors-per-token",
    "summary": "Each token has its own list of allowed web origins. A page on any other origin cannot call Studio.",
    "when": [
      {
        "origin": {
          "absent": false
        },
        "state": {
          "enum": [
            "origin-not-allowed"
          ]
        }
      }
    ],
    "answers": [
      {
        "lacks": [
          "access-control-allow-origin"
        ]
      }
    ],
    "frequency": "sometimes",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      }
    ],
    "checks": [
      "HD-04",
      "HD-06"
    ],
    "cope": "Allow the page's origin in the settings of the token, or call from a server."
  },
  {
    "id": "livepeer-studio/oversize-is-422",
    "summary": "A file of more than 10 MiB gets 422 'File too large'. The contract declares 413, and Studio's documentation says 50 MB.",
    "when": [
      {
        "files.audio.bytes": {
          "over": 10485760
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"File too large\"]}"
      }
    ],
    "frequency": "always",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/errorHandler.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/errorHandler.ts"
      }
    ],
    "checks": [
      "MP-30",
      "ER-03",
      "RS-04"
    ],
    "cope": "Reject a larger file before you send it, or use a container that compresses."
  },
  {
    "id": "livepeer-studio/not-multipart-is-422",
    "summary": "A body that is not multipart/form-data gets 422. The contract declares 415.",
    "when": [
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "mediaType": {
          "except": [
            "multipart/form-data"
          ]
        }
      },
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "mediaType": {
          "absent": true
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Expected multipart/form-data content-type\"]}"
      }
    ],
    "frequency": "always",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "CN-06",
      "ER-03",
      "RS-04"
    ],
    "cope": "Send multipart/form-data; then this error never occurs."
  },
  {
    "id": "livepeer-studio/validation-error-in-a-string",
    "summary": "The issues of a 422 are strings, each with an Ajv error encoded as JSON. The contract declares objects with `loc`, `msg` and `type`.",
    "when": [
      {
        "mediaType": {
          "enum": [
            "multipart/form-data"
          ]
        },
        "status": {
          "enum": [
            422
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"/return_timestamps\\\",\\\"schemaPath\\\":\\\"#/properties/return_timestamps/type\\\",\\\"keyword\\\":\\\"type\\\",\\\"params\\\":{\\\"type\\\":\\\"string\\\"},\\\"message\\\":\\\"must be string\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "replay",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "ER-03",
      "RS-04",
      "MP-02"
    ],
    "cope": "Parse each string. Read the location from `instancePath` and the reason from `message`."
  },
  {
    "id": "livepeer-studio/metadata-refused",
    "summary": "A request with `metadata` gets 422 for an additional property, although the contract declares the field.",
    "when": [
      {
        "fields.metadata": {
          "absent": false
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"\\\",\\\"schemaPath\\\":\\\"#/additionalProperties\\\",\\\"keyword\\\":\\\"additionalProperties\\\",\\\"params\\\":{\\\"additionalProperty\\\":\\\"metadata\\\"},\\\"message\\\":\\\"must NOT have additional properties\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "replay",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "FV-10",
      "FV-11",
      "FV-14",
      "MD-10",
      "ER-03",
      "RS-04"
    ],
    "cope": "Do not send `metadata`."
  },
  {
    "id": "livepeer-studio/extra-field-refused",
    "summary": "A field that the schema does not name gets 422. The contract allows it.",
    "when": [
      {
        "unknownPart": {
          "enum": [
            true
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"\\\",\\\"schemaPath\\\":\\\"#/additionalProperties\\\",\\\"keyword\\\":\\\"additionalProperties\\\",\\\"params\\\":{\\\"additionalProperty\\\":\\\"foo\\\"},\\\"message\\\":\\\"must NOT have additional properties\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "replay",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "MP-14",
      "ER-03",
      "RS-04"
    ],
    "cope": "Send only the fields that this gateway names."
  },
  {
    "id": "livepeer-studio/boolean-and-number-refused",
    "summary": "A `return_timestamps` of `true`, `false`, `1` or `0` gets 422 'must be string'. A `model_id` that begins with a digit gets it too. Studio first converts these values to a boolean or a number.",
    "when": [
      {
        "fields.return_timestamps": {
          "enum": [
            "true",
            "false",
            "1",
            "0"
          ]
        }
      },
      {
        "fields.model_id": {
          "pattern": "^\\d"
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"/return_timestamps\\\",\\\"schemaPath\\\":\\\"#/properties/return_timestamps/type\\\",\\\"keyword\\\":\\\"type\\\",\\\"params\\\":{\\\"type\\\":\\\"string\\\"},\\\"message\\\":\\\"must be string\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "replay",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "FV-05",
      "FV-07",
      "SE-08",
      "ER-03",
      "RS-04"
    ],
    "cope": "Send `sentence` or `word`, or omit `return_timestamps`. Do not expect a transcript without chunks; Studio cannot return one."
  },
  {
    "id": "livepeer-studio/empty-model-id",
    "summary": "An empty `model_id` gets 500, because Studio passes it on instead of the default. Without the field, Studio uses the default.",
    "when": [
      {
        "fields.model_id": {
          "enum": [
            ""
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 500,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Failed to generate audio-to-text\"]}"
      }
    ],
    "frequency": "always",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "FV-02",
      "ER-01"
    ],
    "cope": "Omit `model_id` instead of sending it empty."
  },
  {
    "id": "livepeer-studio/unknown-model-is-500",
    "summary": "A model that nobody runs gets 500, not 400. In practice that is any model except openai/whisper-large-v3.",
    "when": [
      {
        "fields.model_id": {
          "except": [
            "",
            "openai/whisper-large-v3"
          ],
          "pattern": "^\\D"
        }
      }
    ],
    "answers": [
      {
        "status": 500,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Failed to generate audio-to-text\"]}"
      }
    ],
    "frequency": "always",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_process.go",
        "url": "https://github.com/livepeer/go-livepeer/blob/HEAD/server/ai_process.go"
      }
    ],
    "checks": [
      "FV-03",
      "FV-04",
      "ER-01",
      "ER-07"
    ],
    "cope": "Check the model name if every attempt ends in this 500."
  },
  {
    "id": "livepeer-studio/rate-limit-429",
    "summary": "A client that sends more than 20 requests per minute over all pipelines gets 429 with `Retry-After`. The contract declares no 429.",
    "when": [
      {
        "token": {
          "enum": [
            "right"
          ]
        },
        "state": {
          "enum": [
            "rate-limited"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 429,
        "headers": {
          "retry-after": "{seconds}"
        },
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Too many AI requests\"]}"
      }
    ],
    "frequency": "sometimes",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "ER-04"
    ],
    "cope": "Wait for the seconds in `Retry-After`, then retry."
  },
  {
    "id": "livepeer-studio/gateway-failure-is-500",
    "summary": "A 5xx of the gateway behind Studio, including its 503, becomes 500 'Failed to generate audio-to-text'.",
    "when": [
      {
        "state": {
          "enum": [
            "gateway-fails"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 500,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Failed to generate audio-to-text\"]}"
      }
    ],
    "frequency": "sometimes",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "ER-01",
      "MP-01",
      "ER-07"
    ],
    "cope": "Retry a few times, with a longer pause each time."
  },
  {
    "id": "livepeer-studio/gateway-unreachable-is-500",
    "summary": "An unreachable gateway behind Studio, or one that takes more than ten minutes, causes 500 with the name of the exception.",
    "when": [
      {
        "state": {
          "enum": [
            "gateway-unreachable"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 500,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Internal server error: FetchError\"]}"
      },
      {
        "status": 500,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Internal server error: {message}\"]}"
      }
    ],
    "frequency": "sometimes",
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      }
    ],
    "checks": [
      "ER-01",
      "MP-01",
      "ER-07"
    ],
    "cope": "Retry a few times, with a longer pause each time."
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
            "description": "The gateway behind Studio rejected the request.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GatewayError"
                },
                "examples": {
                  "duration": {
                    "summary": "The duration of the recording cannot be measured.",
                    "value": {
                      "error": {
                        "message": "audio duration calculation failed"
                      }
                    }
                  }
                }
              }
            }
          },
          "401": {
            "description": "The token is missing or unknown. The body repeats an unknown token.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Errors"
                },
                "examples": {
                  "none": {
                    "summary": "No `Authorization` header.",
                    "value": {
                      "errors": [
                        "request is not authenticated"
                      ]
                    }
                  },
                  "unknown": {
                    "summary": "A token that does not exist.",
                    "value": {
                      "errors": [
                        "no token 00000000-0000-0000-0000-000000000000 found"
                      ]
                    }
                  }
                }
              }
            }
          },
          "403": {
            "description": "The account is suspended, or the token does not allow the call.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Errors"
                },
                "examples": {
                  "forbidden": {
                    "summary": "Not allowed. The message depends on the reason.",
                    "value": {
                      "errors": [
                        "forbidden"
                      ]
                    }
                  }
                }
              }
            }
          },
          "422": {
            "description": "The body is not multipart/form-data, a file is too large, or a field does not match the schema.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Errors"
                },
                "examples": {
                  "size": {
                    "summary": "More than 10 MiB.",
                    "value": {
                      "errors": [
                        "File too large"
                      ]
                    }
                  },
                  "multipart": {
                    "summary": "Not multipart/form-data.",
                    "value": {
                      "errors": [
                        "Expected multipart/form-data content-type"
                      ]
                    }
                  },
                  "field": {
                    "summary": "A validation error, encoded as JSON.",
                    "value": {
                      "errors": [
                        "{\"instancePath\":\"/return_timestamps\",\"schemaPath\":\"#/properties/return_timestamps/type\",\"keyword\":\"type\",\"params\":{\"type\":\"string\"},\"message\":\"must be string\"}"
                      ]
                    }
                  }
                }
              }
            }
          },
          "429": {
            "description": "Too many requests in one minute, over all pipelines.",
            "headers": {
              "Retry-After": {
                "description": "Seconds to wait.",
                "required": true,
                "schema": {
                  "type": "integer"
                }
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Errors"
                },
                "examples": {
                  "rate": {
                    "summary": "Too many requests.",
                    "value": {
                      "errors": [
                        "Too many AI requests"
                      ]
                    }
                  }
                }
              }
            }
          },
          "500": {
            "description": "The gateway behind Studio failed or could not be reached.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Errors"
                },
                "examples": {
                  "gateway": {
                    "summary": "The gateway failed.",
                    "value": {
                      "errors": [
                        "Failed to generate audio-to-text"
                      ]
                    }
                  },
                  "fetch": {
                    "summary": "The gateway could not be reached.",
                    "value": {
                      "errors": [
                        "Internal server error: FetchError"
                      ]
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
        "title": "Audio-to-text request",
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
            "default": "openai/whisper-large-v3",
            "pattern": "^\\D"
          },
          "return_timestamps": {
            "title": "Timestamps",
            "description": "Granularity of the chunks; default: by sentence.",
            "type": "string",
            "enum": [
              "sentence",
              "word"
            ]
          }
        },
        "additionalProperties": false
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
        "title": "Transcript",
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
      "Errors": {
        "title": "Errors",
        "description": "Error of Studio itself.",
        "type": "object",
        "required": [
          "errors"
        ],
        "properties": {
          "errors": {
            "type": "array",
            "minItems": 1,
            "items": {
              "type": "string"
            }
          }
        }
      },
      "GatewayError": {
        "title": "Gateway error",
        "description": "Error of the gateway behind Studio.",
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
