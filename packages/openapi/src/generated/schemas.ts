// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { Contract } from '@livepeer-ai/openapi'

export const schemas = {
  "genAudioToText": {
    "request": {
      "multipart/form-data": {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/components/schemas/Body_genAudioToText",
        "components": {
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
            }
          }
        }
      }
    },
    "responses": {
      "200": {
        "application/json": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$ref": "#/components/schemas/TextResponse",
          "x-speakeasy-name-override": "data",
          "components": {
            "schemas": {
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
              }
            }
          }
        }
      },
      "400": {
        "application/json": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$ref": "#/components/schemas/HTTPError",
          "components": {
            "schemas": {
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
              }
            }
          }
        }
      },
      "401": {
        "application/json": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$ref": "#/components/schemas/HTTPError",
          "components": {
            "schemas": {
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
              }
            }
          }
        }
      },
      "413": {
        "application/json": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$ref": "#/components/schemas/HTTPError",
          "components": {
            "schemas": {
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
              }
            }
          }
        }
      },
      "415": {
        "application/json": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$ref": "#/components/schemas/HTTPError",
          "components": {
            "schemas": {
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
              }
            }
          }
        }
      },
      "422": {
        "application/json": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$ref": "#/components/schemas/HTTPValidationError",
          "components": {
            "schemas": {
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
                  }
                }
              }
            }
          }
        }
      },
      "500": {
        "application/json": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$ref": "#/components/schemas/HTTPError",
          "components": {
            "schemas": {
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
              }
            }
          }
        }
      }
    }
  }
} as Contract['schemas']
