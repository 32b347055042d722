// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'

export const deviations: readonly Deviation[] = [
  {
    "id": "ai-runner/open-without-token",
    "summary": "With no `AUTH_TOKEN` configured every request is served, whatever token it carries.",
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
    "cope": "Nothing to do for a caller; an operator sets `AUTH_TOKEN` or keeps the runner on a private network."
  },
  {
    "id": "ai-runner/validates-before-auth",
    "summary": "A malformed request without a token is answered 422, not 401.",
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
    "cope": "A 422 does not mean that the token was accepted; mend the request first, then look at the token."
  },
  {
    "id": "ai-runner/upload-read-before-auth",
    "summary": "An upload without a token is received in full before the 401 arrives.",
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
    "cope": "Try the token with a short recording before sending a long one."
  },
  {
    "id": "ai-runner/string-detail",
    "summary": "A body that is no readable multipart is answered with `detail` as a string instead of an object.",
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
    "cope": "Read `detail` as a message when it is a string."
  },
  {
    "id": "ai-runner/undeclared-405",
    "summary": "Any method but POST is answered 405 with `Allow` and `detail` as a string; the contract declares no 405.",
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
    "cope": "Treat it as a mistake in the calling program; it is what HTTP asks for."
  },
  {
    "id": "ai-runner/undeclared-404",
    "summary": "An unknown path is answered 404 with `detail` as a string; the contract declares no 404.",
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
    "cope": "Suspect the base URL."
  },
  {
    "id": "ai-runner/no-cors",
    "summary": "No answer carries CORS headers, and a preflight is answered 405, so that a page on another origin cannot call it.",
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
    "summary": "The issues of a 422 carry `input` and `ctx`; `input` repeats what was sent, for a misplaced file even the server's internals.",
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
    "cope": "Read `loc`, `msg` and `type` and ignore the rest; do not log the body as it is."
  },
  {
    "id": "ai-runner/any-timestamps-value",
    "summary": "A `return_timestamps` that means nothing is taken for `sentence` and answered 200; `char` alone is refused.",
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
    "cope": "Send only `sentence`, `word`, `true` or `false`; a misspelt value goes unnoticed."
  },
  {
    "id": "ai-runner/unreadable-audio-is-400",
    "summary": "An empty file, a text file or a bare header is answered 400 'Unable to calculate duration of file', never 415.",
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
    "cope": "Take this message for 'not a recording that can be decoded'."
  },
  {
    "id": "ai-runner/unreadable-audio-with-duration-is-500",
    "summary": "The same file with a `duration` in `metadata` is answered 500, because the clean-up after the failed decoder fails too.",
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
    "summary": "Metadata that is no JSON object, or has a `duration` that is no number, is answered with a message about the recording.",
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
    "cope": "Check the metadata before blaming the recording; leave it out when there is nothing to say."
  },
  {
    "id": "ai-runner/inference-failure-is-400",
    "summary": "When the model fails, the answer is 400 with the model's own words, although the request was right.",
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
    "cope": "Take a 400 that begins with 'Error during model execution' for a failure of the server, and try again once."
  },
  {
    "id": "ai-runner/text-500",
    "summary": "When the model gives something that is no transcript, the answer is 500 in plain text.",
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
    "cope": "Do not expect JSON of a 500."
  }
]

export const description = {
  "openapi": "3.1.0",
  "info": {
    "title": "Livepeer AI Runner",
    "version": "0.0.0",
    "summary": "Speech recognition on the Livepeer network.",
    "description": "The HTTP interface of a Livepeer AI gateway, as far as it turns recorded speech into text. Whoever runs a gateway, the request and the answers are the ones described here.",
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
      "description": "Operations that run an AI pipeline on the caller's input and return what it made."
    }
  ],
  "paths": {
    "/audio-to-text": {
      "post": {
        "tags": [
          "generate"
        ],
        "summary": "Audio To Text",
        "description": "Transcribes the uploaded recording. The answer holds the whole text and, unless `return_timestamps` is `false`, the same text in timed chunks.",
        "operationId": "genAudioToText",
        "requestBody": {
          "description": "The recording and how to transcribe it.",
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
                    "summary": "More than an hour, timed by word.",
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
                    "summary": "The body is not what its content type says.",
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
            "description": "No such path.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/StringDetail"
                },
                "examples": {
                  "path": {
                    "summary": "No such path.",
                    "value": {
                      "detail": "Not Found"
                    }
                  }
                }
              }
            }
          },
          "405": {
            "description": "Any method but POST.",
            "headers": {
              "Allow": {
                "description": "The method that there is.",
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
                    "summary": "Any method but POST.",
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
        "description": "The API token that the gateway's operator gave out. Some gateways need none."
      }
    },
    "schemas": {
      "Body_genAudioToText": {
        "title": "Audio-to-text request",
        "description": "A recording, and how to transcribe it.",
        "type": "object",
        "required": [
          "audio"
        ],
        "properties": {
          "audio": {
            "title": "Audio",
            "description": "The recording, as a file part. Which containers are accepted is up to the gateway.",
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
            "description": "How finely the chunks are timed: `sentence`, `word`, `true` (the same as `sentence`) or `false` (no chunks).",
            "type": "string",
            "default": "true"
          },
          "metadata": {
            "title": "Metadata",
            "description": "A JSON object, as text, with further facts about the job for the pipeline.",
            "type": "string",
            "default": "{}"
          }
        }
      },
      "Chunk": {
        "title": "Chunk",
        "description": "A sentence or a word, and when it was said.",
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
            "description": "What was said in this span.",
            "type": "string"
          }
        }
      },
      "TextResponse": {
        "title": "Transcript",
        "description": "What was said in the recording.",
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
            "description": "The transcript in timed chunks, in order. Empty when no timestamps were asked for.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Chunk"
            }
          }
        }
      },
      "APIError": {
        "title": "Error detail",
        "description": "A reason, in words.",
        "type": "object",
        "required": [
          "msg"
        ],
        "properties": {
          "msg": {
            "title": "Message",
            "description": "One sentence for a person to read.",
            "type": "string"
          }
        }
      },
      "HTTPError": {
        "title": "Error",
        "description": "Why the request was refused or failed.",
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
        "description": "One thing that is wrong with the request.",
        "type": "object",
        "required": [
          "loc",
          "msg",
          "type"
        ],
        "properties": {
          "loc": {
            "title": "Location",
            "description": "The path to it, outermost first, for example `body`, `audio`.",
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
            "description": "One sentence for a person to read.",
            "type": "string"
          },
          "type": {
            "title": "Type",
            "description": "A stable word for this kind of mistake, for programs to compare.",
            "type": "string"
          },
          "input": {
            "title": "Input",
            "description": "The value that was given."
          },
          "ctx": {
            "title": "Context",
            "description": "More about the mistake.",
            "type": "object"
          }
        }
      },
      "HTTPValidationError": {
        "title": "Validation error",
        "description": "Which parts of the request do not fit the description.",
        "type": "object",
        "properties": {
          "detail": {
            "title": "Detail",
            "description": "One entry for each thing that is wrong.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ValidationError"
            }
          }
        }
      },
      "StringDetail": {
        "title": "Error in words",
        "description": "What the framework answers before the operation is reached.",
        "type": "object",
        "required": [
          "detail"
        ],
        "properties": {
          "detail": {
            "title": "Detail",
            "description": "One sentence for a person to read.",
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
        "description": "The bearer token is missing or not accepted.",
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
            "description": "The scheme that is asked for.",
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
        "description": "The fields of the request do not fit the description, for example because the recording is missing.",
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
                "summary": "The model needs more memory than there is.",
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
                "summary": "The model gave something that is no transcript.",
                "value": "Internal Server Error"
              }
            }
          }
        }
      }
    }
  }
} as OpenAPI
