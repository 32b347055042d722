// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'

export const deviations: readonly Deviation[] = [
  {
    "id": "ai-runner/open-without-token",
    "summary": "If `AUTH_TOKEN` is not configured, the runner serves every request, with any token or none.",
    "when": [
      {
        "token": {
          "enum": [
            "none",
            "wrong"
          ]
        },
        "state": {
          "enum": [
            "no-token-configured"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 200
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "AU-01",
      "AU-02",
      "AU-04",
      "AU-05",
      "AU-07",
      "AU-10",
      "AU-11"
    ],
    "cope": "As a client, do nothing. As an operator, set `AUTH_TOKEN` or keep the runner on a private network."
  },
  {
    "id": "ai-runner/validates-before-auth",
    "summary": "A malformed request without a token gets 422, not 401.",
    "when": [
      {
        "token": {
          "enum": [
            "none",
            "wrong"
          ]
        },
        "files.audio": {
          "absent": true
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"audio\"],\"msg\":\"Field required\",\"input\":null}]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "AU-08"
    ],
    "cope": "Do not take a 422 as proof that the token is valid. Correct the request first, then check the token."
  },
  {
    "id": "ai-runner/upload-read-before-auth",
    "summary": "The runner receives an upload without a token in full before it responds 401.",
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
        "headers": {
          "www-authenticate": "Bearer"
        }
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "AU-10"
    ],
    "cope": "Try the token with a short recording before you send a long one."
  },
  {
    "id": "ai-runner/string-detail",
    "summary": "A body that is not readable multipart gets an error with `detail` as a string instead of an object.",
    "when": [
      {
        "mediaType": {
          "enum": [
            "multipart/form-data"
          ]
        },
        "boundary": {
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
        "body": "{\"detail\":\"Missing boundary in multipart.\"}"
      },
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":\"Invalid multipart data.\"}"
      },
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":\"There was an error parsing the body\"}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "ER-01"
    ],
    "cope": "Read `detail` as the message if it is a string."
  },
  {
    "id": "ai-runner/undeclared-405",
    "summary": "Any method except POST gets 405 with `Allow` and `detail` as a string. The contract declares no 405.",
    "when": [
      {
        "method": {
          "except": [
            "POST"
          ]
        },
        "path": {
          "enum": [
            "/audio-to-text"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 405,
        "headers": {
          "allow": "POST"
        },
        "mediaType": "application/json",
        "body": "{\"detail\":\"Method Not Allowed\"}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/main.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/main.py"
      }
    ],
    "checks": [
      "ER-01"
    ],
    "cope": "Treat 405 as a bug in the client; HTTP requires this status."
  },
  {
    "id": "ai-runner/undeclared-404",
    "summary": "An unknown path gets 404 with `detail` as a string. The contract declares no 404.",
    "when": [
      {
        "path": {
          "except": [
            "/audio-to-text",
            "/audio-to-text/"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 404,
        "mediaType": "application/json",
        "body": "{\"detail\":\"Not Found\"}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/main.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/main.py"
      }
    ],
    "checks": [
      "ER-01"
    ],
    "cope": "Check the configured base URL."
  },
  {
    "id": "ai-runner/no-cors",
    "summary": "No response carries CORS headers, and a preflight gets 405. A page on another origin cannot call the runner.",
    "when": [
      {
        "origin": {
          "absent": false
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
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/main.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/main.py"
      }
    ],
    "checks": [
      "HD-04",
      "HD-06"
    ],
    "cope": "Call it from a server, or through a proxy on the page's own origin."
  },
  {
    "id": "ai-runner/validation-echo",
    "summary": "The issues of a 422 carry `input` and `ctx`. `input` repeats what the client sent; for a misplaced file it even shows server internals.",
    "when": [
      {
        "files.audio": {
          "absent": true
        }
      },
      {
        "fields.audio": {
          "absent": false
        }
      },
      {
        "files.model_id": {
          "absent": false
        }
      },
      {
        "files.return_timestamps": {
          "absent": false
        }
      },
      {
        "files.metadata": {
          "absent": false
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"audio\"],\"msg\":\"Field required\",\"input\":null}]}"
      },
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"value_error\",\"loc\":[\"body\",\"audio\"],\"msg\":\"Value error, Expected UploadFile, received: <class 'str'>\",\"input\":\"aGVsbG8=\",\"ctx\":{\"error\":{}}}]}"
      },
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"loc\":[\"body\",\"audio\"],\"msg\":\"field required\",\"type\":\"value_error.missing\"}]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "RS-04"
    ],
    "cope": "Read `loc`, `msg` and `type` and ignore the rest. Do not log the body unchanged."
  },
  {
    "id": "ai-runner/any-timestamps-value",
    "summary": "An unknown value of `return_timestamps` counts as `sentence` and gets 200. The runner rejects only `char`.",
    "when": [
      {
        "fields.return_timestamps": {
          "except": [
            "true",
            "1",
            "sentence",
            "",
            "word",
            "WORD",
            "false",
            "0",
            "char"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 200
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "FV-09"
    ],
    "cope": "Send only `sentence`, `word`, `true` or `false`; the runner does not report a misspelled value."
  },
  {
    "id": "ai-runner/unreadable-audio-is-400",
    "summary": "An empty file, a text file or a bare header gets 400 'Unable to calculate duration of file', never 415.",
    "when": [
      {
        "files.audio.decodable": {
          "enum": [
            false
          ]
        },
        "fields.metadata": {
          "absent": true
        }
      },
      {
        "files.audio.bytes": {
          "enum": [
            0
          ]
        },
        "fields.metadata": {
          "absent": true
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"Unable to calculate duration of file\"}}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "MD-10"
    ],
    "cope": "Read this message as 'not a recording that can be decoded'."
  },
  {
    "id": "ai-runner/unreadable-audio-with-duration-is-500",
    "summary": "A file that cannot be decoded gets 500 if `metadata` has a `duration`. The clean-up after the failed decoder fails too.",
    "when": [
      {
        "files.audio.decodable": {
          "enum": [
            false
          ]
        },
        "fields.metadata": {
          "pattern": "\"duration\""
        }
      }
    ],
    "answers": [
      {
        "status": 500,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"Audio-to-text pipeline error.\"}}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/utils/audio.py",
        "lines": "55-56",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/utils/audio.py#L55-L56"
      }
    ],
    "checks": [
      "MD-10",
      "ER-07"
    ],
    "cope": "Send no `duration`; the runner measures the recording itself."
  },
  {
    "id": "ai-runner/bad-metadata-blames-audio",
    "summary": "Metadata that is not a JSON object, or whose `duration` is not a number, gets an error about the recording.",
    "when": [
      {
        "fields.metadata": {
          "pattern": "^(?!\\s*\\{)"
        }
      },
      {
        "fields.metadata": {
          "pattern": "\"duration\"\\s*:\\s*\"[^\"0-9]*\""
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"Unable to calculate duration of file\"}}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "FV-12"
    ],
    "cope": "Check the metadata before you suspect the recording. Omit it if it has no content."
  },
  {
    "id": "ai-runner/inference-failure-is-400",
    "summary": "If the model fails, a valid request gets 400 with the model's own message.",
    "when": [
      {
        "state": {
          "enum": [
            "inference-fails"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"Error during model execution: boom from the model.\"}}"
      },
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"Error during model execution: {message}\"}}"
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "MP-01",
      "TR-05"
    ],
    "cope": "Treat a 400 that begins with 'Error during model execution' as a server failure. Retry once."
  },
  {
    "id": "ai-runner/text-500",
    "summary": "If the model returns something that is not a transcript, the runner responds 500 in plain text.",
    "when": [
      {
        "state": {
          "enum": [
            "malformed-transcript"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 500,
        "mediaType": "text/plain",
        "body": "Internal Server Error"
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "ER-05",
      "ER-01",
      "ER-07"
    ],
    "cope": "Do not expect JSON in the body of a 500."
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
      "url": "http://127.0.0.1:8000",
      "description": "The runner's own container."
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
            "description": "The body cannot be read, the recording cannot be measured, or the model failed.",
            "content": {
              "application/json": {
                "schema": {
                  "anyOf": [
                    {
                      "$ref": "#/components/schemas/HTTPError"
                    },
                    {
                      "$ref": "#/components/schemas/StringDetail"
                    }
                  ]
                },
                "examples": {
                  "duration": {
                    "summary": "The recording cannot be read, or the metadata is not JSON.",
                    "value": {
                      "detail": {
                        "msg": "Unable to calculate duration of file"
                      }
                    }
                  },
                  "model": {
                    "summary": "A model that this runner does not run.",
                    "value": {
                      "detail": {
                        "msg": "pipeline configured with openai/whisper-large-v3 but called with openai/whisper-medium."
                      }
                    }
                  },
                  "inference": {
                    "summary": "The model failed.",
                    "value": {
                      "detail": {
                        "msg": "Error during model execution: boom from the model."
                      }
                    }
                  },
                  "word-duration": {
                    "summary": "A recording of more than an hour, with timestamps by word.",
                    "value": {
                      "detail": {
                        "msg": "Word timestamps are only supported for audio files up to 60 minutes for model openai/whisper-large-v3."
                      }
                    }
                  },
                  "boundary": {
                    "summary": "The content type names no boundary.",
                    "value": {
                      "detail": "Missing boundary in multipart."
                    }
                  },
                  "multipart": {
                    "summary": "The body does not match its content type.",
                    "value": {
                      "detail": "Invalid multipart data."
                    }
                  }
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "404": {
            "description": "The path does not exist.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/StringDetail"
                },
                "examples": {
                  "path": {
                    "summary": "The path does not exist.",
                    "value": {
                      "detail": "Not Found"
                    }
                  }
                }
              }
            }
          },
          "405": {
            "description": "The method is not POST.",
            "headers": {
              "Allow": {
                "description": "The supported method.",
                "required": true,
                "schema": {
                  "type": "string",
                  "const": "POST"
                }
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/StringDetail"
                },
                "examples": {
                  "method": {
                    "summary": "The method is not POST.",
                    "value": {
                      "detail": "Method Not Allowed"
                    }
                  }
                }
              }
            }
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
      "APIError": {
        "title": "Error detail",
        "description": "The reason, as text.",
        "type": "object",
        "required": [
          "msg"
        ],
        "properties": {
          "msg": {
            "title": "Message",
            "description": "One human-readable sentence.",
            "type": "string"
          }
        }
      },
      "HTTPError": {
        "title": "Error",
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
        }
      },
      "ValidationError": {
        "title": "Validation issue",
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
            }
          },
          "msg": {
            "title": "Message",
            "description": "One human-readable sentence.",
            "type": "string"
          },
          "type": {
            "title": "Type",
            "description": "Stable, machine-readable name of this kind of error.",
            "type": "string"
          },
          "input": {
            "title": "Input",
            "description": "The rejected value."
          },
          "ctx": {
            "title": "Context",
            "description": "Details of the error.",
            "type": "object"
          }
        }
      },
      "HTTPValidationError": {
        "title": "Validation error",
        "description": "The parts of the request that do not match the description.",
        "type": "object",
        "properties": {
          "detail": {
            "title": "Detail",
            "description": "One entry for each error.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ValidationError"
            }
          }
        }
      },
      "StringDetail": {
        "title": "Error in words",
        "description": "Error of the framework, sent before it reaches the operation.",
        "type": "object",
        "required": [
          "detail"
        ],
        "properties": {
          "detail": {
            "title": "Detail",
            "description": "One human-readable sentence.",
            "type": "string"
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
            "msg": "File size exceeds limit."
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
              "type": "missing",
              "input": null
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
              },
              "open-end": {
                "summary": "The end of the last chunk is not known.",
                "value": {
                  "text": " He was not an ill disposed young man. Unless to be rather cold hearted",
                  "chunks": [
                    {
                      "timestamp": [
                        0,
                        2.84
                      ],
                      "text": " He was not an ill disposed young man."
                    },
                    {
                      "timestamp": [
                        2.84,
                        null
                      ],
                      "text": " Unless to be rather cold hearted"
                    }
                  ]
                }
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
              "const": "Bearer"
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
              },
              "audio-as-text": {
                "summary": "The recording in a text part.",
                "value": {
                  "detail": [
                    {
                      "type": "value_error",
                      "loc": [
                        "body",
                        "audio"
                      ],
                      "msg": "Value error, Expected UploadFile, received: <class 'str'>",
                      "input": "aGVsbG8=",
                      "ctx": {
                        "error": {}
                      }
                    }
                  ]
                }
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
              },
              "memory": {
                "summary": "The model needs more memory than is available.",
                "value": {
                  "detail": {
                    "msg": "GPU out of memory."
                  }
                }
              }
            }
          },
          "text/plain": {
            "schema": {
              "type": "string"
            },
            "examples": {
              "unhandled": {
                "summary": "The model returned something that is not a transcript.",
                "value": "Internal Server Error"
              }
            }
          }
        }
      }
    }
  }
} as OpenAPI
