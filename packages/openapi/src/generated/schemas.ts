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
                }
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
                }
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
                }
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
                }
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
                    }
                  }
                }
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
                }
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
