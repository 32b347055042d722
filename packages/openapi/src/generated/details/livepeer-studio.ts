// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'

export const deviations: readonly Deviation[] = [
  {
    "id": "livepeer-studio/credentials-allowed",
    "summary": "Every response allows credentials of browsers and exposes all headers, even to origins that may not call.",
    "when": [
      {
        "method": {
          "absent": false
        }
      }
    ],
    "answers": [
      {
        "headers": {
          "access-control-allow-credentials": "true",
          "access-control-expose-headers": "*"
        }
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#good mp3"
      },
      {
        "recording": "livepeer-studio.jsonl#no auth"
      },
      {
        "recording": "livepeer-studio.jsonl#GET"
      },
      {
        "recording": "livepeer-studio.jsonl#preflight"
      }
    ],
    "checks": [
      "HD-05"
    ],
    "cope": "Do not rely on these headers. Call Studio from a server, or allow the origin of the page in the settings of the token."
  },
  {
    "id": "livepeer-studio/preflight-allows-any-origin",
    "summary": "A preflight without a token allows every origin, with credentials. The request after it is refused unless the token lists the origin.",
    "when": [
      {
        "method": {
          "enum": [
            "OPTIONS"
          ]
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "origin": {
              "absent": false
            },
            "token": {
              "enum": [
                "none"
              ]
            }
          }
        ],
        "status": 204,
        "headers": {
          "access-control-allow-origin": "{origin}",
          "access-control-allow-methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
          "access-control-allow-headers": "{requestedHeaders}"
        },
        "lacks": [
          "allow"
        ]
      },
      {
        "status": 204,
        "headers": {
          "access-control-allow-methods": "GET,HEAD,PUT,PATCH,POST,DELETE"
        },
        "lacks": [
          "allow",
          "access-control-allow-origin"
        ]
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#preflight"
      }
    ],
    "checks": [
      "HD-05",
      "ME-05"
    ],
    "cope": "Do not take a preflight as proof that the page may call."
  },
  {
    "id": "livepeer-studio/token-echoed",
    "summary": "The body of the 401 repeats credentials that do not exist, or the name of an unknown scheme. The 401 has no `WWW-Authenticate`.",
    "when": [
      {
        "token": {
          "enum": [
            "wrong"
          ]
        }
      },
      {
        "scheme": {
          "except": [
            "bearer",
            "basic",
            "jwt"
          ]
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "scheme": {
              "enum": [
                "bearer"
              ]
            }
          }
        ],
        "status": 401,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"no token {token} found\"]}",
        "lacks": [
          "www-authenticate"
        ]
      },
      {
        "when": [
          {
            "scheme": {
              "enum": [
                "basic"
              ]
            }
          }
        ],
        "status": 401,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"no token {password} found\"]}",
        "lacks": [
          "www-authenticate"
        ]
      },
      {
        "when": [
          {
            "scheme": {
              "enum": [
                "jwt"
              ]
            }
          }
        ],
        "status": 401,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"invalid token\"]}",
        "lacks": [
          "www-authenticate"
        ]
      },
      {
        "status": 401,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"unsupported authorization header scheme: {scheme}\"]}",
        "lacks": [
          "www-authenticate"
        ]
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#wrong token"
      },
      {
        "recording": "livepeer-studio.jsonl#Basic"
      },
      {
        "recording": "livepeer-studio.jsonl#Token scheme"
      },
      {
        "recording": "livepeer-studio.jsonl#JWT scheme"
      }
    ],
    "checks": [
      "AU-03",
      "AU-09",
      "ER-01"
    ],
    "cope": "Never log or show the body of a 401 unchanged."
  },
  {
    "id": "livepeer-studio/undeclared-404",
    "summary": "An unknown path or another method than POST gets 404, never 405. The contract declares neither.",
    "when": [
      {
        "path": {
          "pattern": "^(?!/+[Aa][Uu][Dd][Ii][Oo]-[Tt][Oo]-[Tt][Ee][Xx][Tt]/?$)"
        }
      },
      {
        "method": {
          "except": [
            "POST",
            "OPTIONS"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 404,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"not found\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/errorHandler.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/errorHandler.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#no auth, GET"
      },
      {
        "recording": "livepeer-studio.jsonl#no auth, 404"
      },
      {
        "recording": "livepeer-studio.jsonl#GET"
      },
      {
        "recording": "livepeer-studio.jsonl#HEAD"
      },
      {
        "recording": "livepeer-studio.jsonl#PUT"
      },
      {
        "recording": "livepeer-studio.jsonl#DELETE"
      },
      {
        "recording": "livepeer-studio.jsonl#PATCH"
      },
      {
        "recording": "livepeer-studio.jsonl#TRACE"
      },
      {
        "recording": "livepeer-studio.jsonl#unknown path"
      },
      {
        "recording": "livepeer-studio.jsonl#GET /"
      },
      {
        "recording": "livepeer-studio.jsonl#GET /openapi.json"
      },
      {
        "recording": "livepeer-studio.jsonl#GET /docs"
      },
      {
        "recording": "livepeer-studio.jsonl#GET /version"
      }
    ],
    "checks": [],
    "cope": "Check the configured base URL and the method."
  },
  {
    "id": "livepeer-studio/path-variants-accepted",
    "summary": "The path is accepted in any case and with more slashes.",
    "when": [
      {
        "path": {
          "pattern": "^/+[Aa][Uu][Dd][Ii][Oo]-[Tt][Oo]-[Tt][Ee][Xx][Tt]/?$",
          "except": [
            "/audio-to-text",
            "/audio-to-text/"
          ]
        },
        "method": {
          "enum": [
            "POST"
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
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#double slash"
      }
    ],
    "checks": [],
    "cope": "Append the path exactly as documented, which every gateway accepts."
  },
  {
    "id": "livepeer-studio/no-challenge",
    "summary": "The 401 for a request without a token has no `WWW-Authenticate`.",
    "when": [
      {
        "token": {
          "enum": [
            "none"
          ]
        },
        "method": {
          "enum": [
            "POST"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 401,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"request is not authenticated\"]}",
        "lacks": [
          "www-authenticate"
        ]
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#no auth"
      },
      {
        "recording": "livepeer-studio.jsonl#bearer no space"
      },
      {
        "recording": "livepeer-studio.jsonl#bare token"
      },
      {
        "recording": "livepeer-studio.jsonl#no auth, JSON"
      },
      {
        "recording": "livepeer-studio.jsonl#401 with Origin"
      }
    ],
    "checks": [
      "AU-03",
      "HD-06",
      "ER-01"
    ],
    "cope": "Send a bearer token, whatever the 401 says."
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
        },
        "method": {
          "enum": [
            "POST"
          ]
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
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#Expect 100, no auth"
      }
    ],
    "checks": [
      "AU-10"
    ],
    "cope": "Try the token with a short recording before you send a long one."
  },
  {
    "id": "livepeer-studio/first-authorization-wins",
    "summary": "Of two `Authorization` headers, the first one counts and the second one is ignored. The contract declares 401.",
    "when": [
      {
        "token": {
          "enum": [
            "right"
          ]
        },
        "authorization": {
          "pattern": ", "
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
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#two auth right+wrong"
      }
    ],
    "checks": [
      "AU-11"
    ],
    "cope": "Send one `Authorization` header."
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
        "when": [
          {
            "state": {
              "enum": [
                "account-suspended"
              ]
            }
          }
        ],
        "status": 403,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"user is suspended\"]}"
      },
      {
        "status": 403,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"credential has insufficent privileges\"]}"
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
    "summary": "Each token has its own list of allowed web origins, which is empty at first. A page on another origin gets 403, and no response to it carries `Access-Control-Allow-Origin`.",
    "when": [
      {
        "origin": {
          "absent": false
        },
        "method": {
          "except": [
            "OPTIONS"
          ]
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "token": {
              "enum": [
                "right"
              ]
            },
            "method": {
              "enum": [
                "POST"
              ]
            }
          }
        ],
        "status": 403,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"credential disallows CORS access from origin {origin}\"]}",
        "lacks": [
          "access-control-allow-origin"
        ]
      },
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
        "repository": "livepeer/studio",
        "file": "packages/api/src/middleware/auth.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/middleware/auth.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#POST with Origin"
      },
      {
        "recording": "livepeer-studio.jsonl#401 with Origin"
      }
    ],
    "checks": [
      "HD-06",
      "ER-04"
    ],
    "cope": "Allow the page's origin in the settings of the token, or call from a server."
  },
  {
    "id": "livepeer-studio/not-multipart-is-422",
    "summary": "A body that is not multipart gets 422. The contract declares 415.",
    "when": [
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "mediaType": {
          "pattern": "^(?!multipart/)"
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
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#JSON body"
      },
      {
        "recording": "livepeer-studio.jsonl#bare wav"
      },
      {
        "recording": "livepeer-studio.jsonl#urlencoded"
      },
      {
        "recording": "livepeer-studio.jsonl#no content type"
      },
      {
        "recording": "livepeer-studio.jsonl#no body, no ct"
      }
    ],
    "checks": [
      "RT-04",
      "CN-06",
      "ER-03",
      "RS-04"
    ],
    "cope": "Send multipart/form-data; then this error never occurs."
  },
  {
    "id": "livepeer-studio/broken-form-is-500",
    "summary": "A form that is broken, empty or of another multipart type gets 500 with the name of an exception.",
    "when": [
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "mediaType": {
          "pattern": "^multipart/(?!form-data$)"
        }
      },
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "form": {
          "enum": [
            "no-boundary",
            "empty",
            "line-feeds",
            "unclosed",
            "malformed",
            "excessive"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 500,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Internal server error: Error\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#no body"
      },
      {
        "recording": "livepeer-studio.jsonl#no boundary"
      },
      {
        "recording": "livepeer-studio.jsonl#multipart/mixed"
      },
      {
        "recording": "livepeer-studio.jsonl#cut mid-file"
      },
      {
        "recording": "livepeer-studio.jsonl#LF only"
      }
    ],
    "checks": [
      "ER-01",
      "ER-07",
      "MP-04",
      "MP-05",
      "MP-09",
      "MP-10",
      "MP-13",
      "MP-26",
      "MP-29"
    ],
    "cope": "Send a complete form. Do not retry with the same body."
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
    "basis": "run",
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
      },
      {
        "recording": "livepeer-studio.jsonl#10 MiB+1 wav"
      },
      {
        "recording": "livepeer-studio.jsonl#limit+1 zeros"
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
    "id": "livepeer-studio/nameless-part-refused",
    "summary": "A part without a name gets 422 'Field name missing'.",
    "when": [
      {
        "form": {
          "enum": [
            "nameless-part"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Field name missing\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#part without name"
      }
    ],
    "checks": [],
    "cope": "Name each part of the form."
  },
  {
    "id": "livepeer-studio/missing-audio",
    "summary": "The fault of a form without the recording is a string with an Ajv error encoded as JSON. The contract declares objects with `loc`, `msg` and `type`.",
    "when": [
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "form": {
          "enum": [
            "complete",
            "preamble"
          ]
        },
        "files.audio": {
          "absent": true
        },
        "fields.audio": {
          "absent": true
        }
      },
      {
        "files.audio.filename": {
          "enum": [
            ""
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"\\\",\\\"schemaPath\\\":\\\"#/required\\\",\\\"keyword\\\":\\\"required\\\",\\\"params\\\":{\\\"missingProperty\\\":\\\"audio\\\"},\\\"message\\\":\\\"must have required property 'audio'\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#no audio part"
      },
      {
        "recording": "livepeer-studio.jsonl#wrong field name"
      }
    ],
    "checks": [
      "MP-02",
      "ER-03",
      "RS-04"
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
        },
        "method": {
          "enum": [
            "POST"
          ]
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
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"\\\",\\\"schemaPath\\\":\\\"#/additionalProperties\\\",\\\"keyword\\\":\\\"additionalProperties\\\",\\\"params\\\":{\\\"additionalProperty\\\":\\\"metadata\\\"},\\\"message\\\":\\\"must NOT have additional properties\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#meta={}"
      },
      {
        "recording": "livepeer-studio.jsonl#meta="
      },
      {
        "recording": "livepeer-studio.jsonl#text file + duration"
      },
      {
        "recording": "livepeer-studio.jsonl#empty file + duration"
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
    "summary": "A part that the schema does not name gets 422. The contract allows it.",
    "when": [
      {
        "unknownPart": {
          "absent": false
        },
        "method": {
          "enum": [
            "POST"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"\\\",\\\"schemaPath\\\":\\\"#/additionalProperties\\\",\\\"keyword\\\":\\\"additionalProperties\\\",\\\"params\\\":{\\\"additionalProperty\\\":\\\"{unknownPart}\\\"},\\\"message\\\":\\\"must NOT have additional properties\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#extra field"
      },
      {
        "recording": "livepeer-studio.jsonl#extra file"
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
        "fields.model_id": {
          "pattern": "^(true$|false$|\\s*[-+]?(\\d|\\.\\d|Infinity))"
        }
      },
      {
        "fields.return_timestamps": {
          "pattern": "^(true$|false$|\\s*[-+]?(\\d|\\.\\d|Infinity))"
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "fields.model_id": {
              "pattern": "^(true$|false$|\\s*[-+]?(\\d|\\.\\d|Infinity))"
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"/model_id\\\",\\\"schemaPath\\\":\\\"#/properties/model_id/type\\\",\\\"keyword\\\":\\\"type\\\",\\\"params\\\":{\\\"type\\\":\\\"string\\\"},\\\"message\\\":\\\"must be string\\\"}\"]}"
      },
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"/return_timestamps\\\",\\\"schemaPath\\\":\\\"#/properties/return_timestamps/type\\\",\\\"keyword\\\":\\\"type\\\",\\\"params\\\":{\\\"type\\\":\\\"string\\\"},\\\"message\\\":\\\"must be string\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#ts='false'"
      },
      {
        "recording": "livepeer-studio.jsonl#ts='1'"
      },
      {
        "recording": "livepeer-studio.jsonl#ts='0'"
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
    "id": "livepeer-studio/repeated-field-refused",
    "summary": "A field that is sent twice gets 422 'must be string'.",
    "when": [
      {
        "repeatedField": {
          "absent": false
        },
        "method": {
          "enum": [
            "POST"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"{\\\"instancePath\\\":\\\"/{repeatedField}\\\",\\\"schemaPath\\\":\\\"#/properties/{repeatedField}/type\\\",\\\"keyword\\\":\\\"type\\\",\\\"params\\\":{\\\"type\\\":\\\"string\\\"},\\\"message\\\":\\\"must be string\\\"}\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#two model parts"
      },
      {
        "recording": "livepeer-studio.jsonl#two ts parts"
      }
    ],
    "checks": [
      "ER-03",
      "RS-04"
    ],
    "cope": "Send each field once."
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
      "AU-11",
      "ER-04"
    ],
    "cope": "Wait for the seconds in `Retry-After`, then retry."
  },
  {
    "id": "livepeer-studio/control-character-is-500",
    "summary": "A file name with a control character gets 500 with the name of an exception.",
    "when": [
      {
        "files.audio.filename": {
          "pattern": "[\\x00-\\x1f]"
        }
      }
    ],
    "answers": [
      {
        "status": 500,
        "mediaType": "application/json",
        "body": "{\"errors\":[\"Internal server error: Error\"]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#NUL in filename"
      }
    ],
    "checks": [
      "MP-22",
      "ER-01"
    ],
    "cope": "Remove control characters from file names."
  },
  {
    "id": "livepeer-studio/misplaced-part-is-500",
    "summary": "A recording in a text part, or a file in place of a field, gets 500. The contract declares 422.",
    "when": [
      {
        "fields.audio": {
          "absent": false
        },
        "files.audio": {
          "absent": true
        },
        "form": {
          "enum": [
            "complete",
            "preamble"
          ]
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
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#audio as text"
      },
      {
        "recording": "livepeer-studio.jsonl#no filename, audio ct"
      },
      {
        "recording": "livepeer-studio.jsonl#ts as file"
      }
    ],
    "checks": [
      "MP-17",
      "ER-01",
      "ER-07"
    ],
    "cope": "Send the recording as a file and everything else as text."
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
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#model="
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
          "pattern": "^(?!(true$|false$|\\s*[-+]?(\\d|\\.\\d|Infinity)))"
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
    "basis": "run",
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
      },
      {
        "recording": "livepeer-studio.jsonl#model=openai/whisper-medium"
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
    "id": "livepeer-studio/unreadable-audio-is-500",
    "summary": "An empty file, or one that is not a recording, gets 500 if the gateway behind Studio fails on it. The contract declares 415.",
    "when": [
      {
        "files.audio.decodable": {
          "enum": [
            false
          ]
        },
        "files.audio.bytes": {
          "under": 10485761
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
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#text file"
      },
      {
        "recording": "livepeer-studio.jsonl#audio empty file"
      }
    ],
    "checks": [
      "MD-10",
      "MD-14",
      "MP-18",
      "ER-01",
      "ER-07"
    ],
    "cope": "Check the first bytes of a file before you send it. Do not retry with the same file."
  },
  {
    "id": "livepeer-studio/any-timestamps-value",
    "summary": "An unknown value of `return_timestamps` gets 200, with chunks by sentence.",
    "when": [
      {
        "fields.return_timestamps": {
          "except": [
            "sentence",
            "word"
          ],
          "pattern": "^(?!(true$|false$|\\s*[-+]?(\\d|\\.\\d|Infinity)))"
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
        "repository": "livepeer/studio",
        "file": "packages/api/src/controllers/generate.ts",
        "url": "https://github.com/livepeer/studio/blob/670a0a6/packages/api/src/controllers/generate.ts"
      },
      {
        "recording": "livepeer-studio.jsonl#ts='WORD'"
      },
      {
        "recording": "livepeer-studio.jsonl#ts='Sentence'"
      },
      {
        "recording": "livepeer-studio.jsonl#ts=''"
      },
      {
        "recording": "livepeer-studio.jsonl#ts='banana'"
      },
      {
        "recording": "livepeer-studio.jsonl#ts='True'"
      }
    ],
    "checks": [
      "FV-09"
    ],
    "cope": "Send `sentence` or `word`; Studio does not report a misspelled value."
  },
  {
    "id": "livepeer-studio/gateway-errors-passed-through",
    "summary": "When the gateway behind Studio responds 4xx, Studio passes its body through unchanged, in that gateway's envelope. go-livepeer refuses PCM WAV and Ogg like that.",
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
      "CN-01",
      "MP-01",
      "FV-01",
      "ER-01"
    ],
    "cope": "Read `error.message` too. Expect go-livepeer's deviations about recordings here as well."
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
      "CN-01",
      "AU-11",
      "MP-01",
      "FV-01",
      "FV-09",
      "MD-11",
      "ER-01",
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
      "CN-01",
      "AU-11",
      "MP-01",
      "FV-01",
      "FV-09",
      "ER-01",
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
          "404": {
            "description": "The path does not exist, or the method is not POST.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Errors"
                },
                "examples": {
                  "path": {
                    "summary": "No operation.",
                    "value": {
                      "errors": [
                        "not found"
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

export const encoder: 'go' | undefined = 'go'
