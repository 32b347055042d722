// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { Contract } from '@livepeer-ai/openapi'

export const draft07Schemas = {
  "genAudioToText": {
    "200": {
      "application/json": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [
          {
            "$ref": "#/definitions/TextResponse"
          }
        ],
        "definitions": {
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
                  "$ref": "#/definitions/Chunk"
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
    },
    "400": {
      "application/json": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [
          {
            "$ref": "#/definitions/HTTPError"
          }
        ],
        "definitions": {
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
                    "$ref": "#/definitions/APIError"
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
    },
    "401": {
      "application/json": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [
          {
            "$ref": "#/definitions/HTTPError"
          }
        ],
        "definitions": {
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
                    "$ref": "#/definitions/APIError"
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
    },
    "413": {
      "application/json": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [
          {
            "$ref": "#/definitions/HTTPError"
          }
        ],
        "definitions": {
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
                    "$ref": "#/definitions/APIError"
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
    },
    "415": {
      "application/json": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [
          {
            "$ref": "#/definitions/HTTPError"
          }
        ],
        "definitions": {
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
                    "$ref": "#/definitions/APIError"
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
    },
    "422": {
      "application/json": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [
          {
            "$ref": "#/definitions/HTTPValidationError"
          }
        ],
        "definitions": {
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
                  "$ref": "#/definitions/ValidationError"
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
    },
    "500": {
      "application/json": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [
          {
            "$ref": "#/definitions/HTTPError"
          }
        ],
        "definitions": {
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
                    "$ref": "#/definitions/APIError"
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
} as Contract['draft07Schemas']
