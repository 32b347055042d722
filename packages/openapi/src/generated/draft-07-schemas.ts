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
                  "$ref": "#/definitions/Chunk"
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
                    "$ref": "#/definitions/APIError"
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
                    "$ref": "#/definitions/APIError"
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
                    "$ref": "#/definitions/APIError"
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
                    "$ref": "#/definitions/APIError"
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
            "title": "Validation error",
            "description": "Which parts of the request do not fit the description.",
            "type": "object",
            "properties": {
              "detail": {
                "title": "Detail",
                "description": "One entry for each thing that is wrong.",
                "type": "array",
                "items": {
                  "$ref": "#/definitions/ValidationError"
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
                    "$ref": "#/definitions/APIError"
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
} as Contract['draft07Schemas']
