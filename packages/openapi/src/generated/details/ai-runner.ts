// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'

export const deviations: readonly Deviation[] = [
  {
    "id": "ai-runner/more-paths",
    "summary": "The runner answers more paths than the contract names: `/version`, `/openapi.json`, `/docs` and others.",
    "when": [
      {
        "method": {
          "enum": [
            "GET"
          ]
        },
        "path": {
          "enum": [
            "/version",
            "/health",
            "/docs",
            "/redoc",
            "/openapi.json"
          ]
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "path": {
              "enum": [
                "/version"
              ]
            }
          }
        ],
        "status": 200,
        "mediaType": "application/json",
        "body": "{\"pipeline\":\"audio-to-text\",\"model_id\":\"openai/whisper-large-v3\",\"version\":\"0.14.1\"}"
      },
      {
        "when": [
          {
            "path": {
              "enum": [
                "/health"
              ]
            }
          }
        ],
        "status": 200,
        "mediaType": "application/json",
        "body": "{\"status\":\"OK\"}"
      },
      {
        "when": [
          {
            "path": {
              "enum": [
                "/openapi.json"
              ]
            }
          }
        ],
        "status": 200,
        "mediaType": "application/json",
        "body": "{description}"
      },
      {
        "status": 200,
        "mediaType": "text/html",
        "body": "<!DOCTYPE html>\n<html>\n<head>\n<title>FastAPI - Swagger UI</title>\n</head>\n<body>\n</body>\n</html>\n"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#GET /version"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#GET /docs"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#GET /openapi.json"
      }
    ],
    "checks": [],
    "cope": "Do not expose these paths to the public."
  },
  {
    "id": "ai-runner/undeclared-404",
    "summary": "An unknown path gets 404 with `detail` as a string. The contract declares no 404.",
    "when": [
      {
        "path": {
          "except": [
            "/audio-to-text",
            "/audio-to-text/",
            "/version",
            "/health",
            "/docs",
            "/redoc",
            "/openapi.json"
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#unknown path"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no auth, 404"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#double slash"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#GET /"
      }
    ],
    "checks": [
      "ER-01"
    ],
    "cope": "Check the configured base URL."
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
            "/audio-to-text",
            "/audio-to-text/"
          ]
        }
      },
      {
        "method": {
          "except": [
            "GET"
          ]
        },
        "path": {
          "enum": [
            "/version",
            "/health",
            "/docs",
            "/redoc",
            "/openapi.json"
          ]
        }
      }
    ],
    "answers": [
      {
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
        "status": 405,
        "headers": {
          "allow": "GET"
        },
        "mediaType": "application/json",
        "body": "{\"detail\":\"Method Not Allowed\"}"
      },
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#GET"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#HEAD"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#PUT"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#DELETE"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#PATCH"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#TRACE"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#preflight"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no auth, GET"
      }
    ],
    "checks": [
      "ER-01",
      "HD-04"
    ],
    "cope": "Treat 405 as a bug in the client; HTTP requires this status."
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
          "access-control-allow-origin",
          "access-control-expose-headers"
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#preflight"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#POST with Origin"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#401 with Origin"
      }
    ],
    "checks": [
      "HD-04",
      "HD-06"
    ],
    "cope": "Call it from a server, or through a proxy on the page's own origin."
  },
  {
    "id": "ai-runner/newer-framework",
    "summary": "A runner with FastAPI 0.165 instead of the pinned 0.115 also accepts a media type in capitals and two spaces before a token.",
    "when": [
      {
        "state": {
          "enum": [
            "fastapi-0.165"
          ]
        },
        "contentType": {
          "pattern": "^[Mm]ultipart/[Ff]orm-[Dd]ata"
        }
      },
      {
        "state": {
          "enum": [
            "fastapi-0.165"
          ]
        },
        "authorization": {
          "pattern": "^\\w+ {2,}\\*$"
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
        "recording": "ai-runner-fastapi-0.165.jsonl#Multipart/Form-Data"
      },
      {
        "recording": "ai-runner-fastapi-0.165.jsonl#two spaces"
      }
    ],
    "checks": [],
    "cope": "Send the media type in small letters and one space before the token."
  },
  {
    "id": "ai-runner/string-detail",
    "summary": "A form that cannot be read gets an error with `detail` as a string instead of an object. Text before the first boundary makes a form unreadable.",
    "when": [
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "contentType": {
          "pattern": "^multipart/form-data"
        },
        "form": {
          "enum": [
            "no-boundary",
            "preamble",
            "line-feeds",
            "malformed",
            "excessive",
            "nameless-part"
          ]
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "form": {
              "enum": [
                "no-boundary"
              ]
            }
          }
        ],
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":\"Missing boundary in multipart.\"}"
      },
      {
        "when": [
          {
            "form": {
              "enum": [
                "nameless-part"
              ]
            }
          }
        ],
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":\"The Content-Disposition header field \\\"name\\\" must be provided.\"}"
      },
      {
        "when": [
          {
            "form": {
              "enum": [
                "excessive"
              ]
            }
          }
        ],
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":\"Too many fields. Maximum number of fields is 1000.\"}"
      },
      {
        "when": [
          {
            "state": {
              "enum": [
                "fastapi-0.165"
              ]
            }
          }
        ],
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no boundary"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#preamble"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#LF only"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#part without name"
      },
      {
        "recording": "ai-runner-fastapi-0.165.jsonl#preamble"
      },
      {
        "recording": "ai-runner-fastapi-0.165.jsonl#LF only"
      }
    ],
    "checks": [
      "ER-01",
      "MP-11"
    ],
    "cope": "Read `detail` as the message if it is a string. Begin the body with the first boundary."
  },
  {
    "id": "ai-runner/not-multipart-is-422",
    "summary": "A body that is not multipart/form-data gets 422 for the missing recording. A media type in capitals is not recognized. The contract declares 415.",
    "when": [
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "mediaType": {
          "except": [
            "multipart/form-data",
            "application/x-www-form-urlencoded"
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
      },
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "contentType": {
          "pattern": "^[^;]*[A-Z]"
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#JSON body"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#bare wav"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no content type"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no body, no ct"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#multipart/mixed"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#Multipart/Form-Data"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no auth, JSON"
      }
    ],
    "checks": [
      "CN-06",
      "RS-04"
    ],
    "cope": "Send multipart/form-data in small letters; then this error never occurs."
  },
  {
    "id": "ai-runner/cut-form-is-read",
    "summary": "A form that ends too early is read as far as it is complete. Without a complete recording, the answer is 422, not 400.",
    "when": [
      {
        "form": {
          "enum": [
            "empty",
            "unclosed"
          ]
        },
        "files.audio": {
          "absent": true
        },
        "method": {
          "enum": [
            "POST"
          ]
        }
      },
      {
        "form": {
          "enum": [
            "unclosed"
          ]
        },
        "files.audio": {
          "absent": false
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "files.audio": {
              "absent": true
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"audio\"],\"msg\":\"Field required\",\"input\":null}]}"
      },
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#cut mid-file"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no body"
      }
    ],
    "checks": [
      "RS-04"
    ],
    "cope": "Send a complete form."
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
        },
        "fields.audio": {
          "absent": true
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no auth, JSON"
      }
    ],
    "checks": [
      "AU-08",
      "RS-04"
    ],
    "cope": "Do not take a 422 as proof that the token is valid. Correct the request first, then check the token."
  },
  {
    "id": "ai-runner/validation-echo",
    "summary": "The issues of a 422 carry `input` and `ctx`. `input` repeats what the client sent; for a misplaced file it even shows server internals.",
    "when": [
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "mediaType": {
          "enum": [
            "multipart/form-data",
            "application/x-www-form-urlencoded"
          ]
        },
        "files.audio": {
          "absent": true
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
        "when": [
          {
            "files.audio": {
              "absent": true
            },
            "fields.audio": {
              "pattern": "[\\s\\S]"
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"value_error\",\"loc\":[\"body\",\"audio\"],\"msg\":\"Value error, Expected UploadFile, received: <class 'str'>\",\"input\":\"{fields.audio}\",\"ctx\":{\"error\":{}}}]}"
      },
      {
        "when": [
          {
            "files.audio": {
              "absent": true
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"audio\"],\"msg\":\"Field required\",\"input\":null}]}"
      },
      {
        "when": [
          {
            "files.model_id": {
              "absent": false
            },
            "state": {
              "enum": [
                "fastapi-0.165"
              ]
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"string_type\",\"loc\":[\"body\",\"model_id\"],\"msg\":\"Input should be a valid string\",\"input\":{\"filename\":\"{files.model_id.filename}\",\"file\":{\"_file\":{},\"_max_size\":1048576,\"_rolled\":false,\"_TemporaryFileArgs\":{\"mode\":\"w+b\",\"buffering\":-1,\"suffix\":null,\"prefix\":null,\"encoding\":null,\"newline\":null,\"dir\":null,\"errors\":null}},\"size\":\"{files.model_id.bytes}\",\"headers\":{\"content-disposition\":\"form-data; name=\\\"model_id\\\"; filename=\\\"{files.model_id.filename}\\\"\",\"content-type\":\"{files.model_id.mediaType}\"},\"_max_mem_size\":1048576}}]}"
      },
      {
        "when": [
          {
            "files.model_id": {
              "absent": false
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"string_type\",\"loc\":[\"body\",\"model_id\"],\"msg\":\"Input should be a valid string\",\"input\":{\"filename\":\"{files.model_id.filename}\",\"file\":{\"_file\":{},\"_max_size\":1048576,\"_rolled\":false,\"_TemporaryFileArgs\":{\"mode\":\"w+b\",\"buffering\":-1,\"suffix\":null,\"prefix\":null,\"encoding\":null,\"newline\":null,\"dir\":null,\"errors\":null}},\"size\":\"{files.model_id.bytes}\",\"headers\":{\"content-disposition\":\"form-data; name=\\\"model_id\\\"; filename=\\\"{files.model_id.filename}\\\"\",\"content-type\":\"{files.model_id.mediaType}\"}}}]}"
      },
      {
        "when": [
          {
            "files.return_timestamps": {
              "absent": false
            },
            "state": {
              "enum": [
                "fastapi-0.165"
              ]
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"string_type\",\"loc\":[\"body\",\"return_timestamps\"],\"msg\":\"Input should be a valid string\",\"input\":{\"filename\":\"{files.return_timestamps.filename}\",\"file\":{\"_file\":{},\"_max_size\":1048576,\"_rolled\":false,\"_TemporaryFileArgs\":{\"mode\":\"w+b\",\"buffering\":-1,\"suffix\":null,\"prefix\":null,\"encoding\":null,\"newline\":null,\"dir\":null,\"errors\":null}},\"size\":\"{files.return_timestamps.bytes}\",\"headers\":{\"content-disposition\":\"form-data; name=\\\"return_timestamps\\\"; filename=\\\"{files.return_timestamps.filename}\\\"\",\"content-type\":\"{files.return_timestamps.mediaType}\"},\"_max_mem_size\":1048576}}]}"
      },
      {
        "when": [
          {
            "files.return_timestamps": {
              "absent": false
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"string_type\",\"loc\":[\"body\",\"return_timestamps\"],\"msg\":\"Input should be a valid string\",\"input\":{\"filename\":\"{files.return_timestamps.filename}\",\"file\":{\"_file\":{},\"_max_size\":1048576,\"_rolled\":false,\"_TemporaryFileArgs\":{\"mode\":\"w+b\",\"buffering\":-1,\"suffix\":null,\"prefix\":null,\"encoding\":null,\"newline\":null,\"dir\":null,\"errors\":null}},\"size\":\"{files.return_timestamps.bytes}\",\"headers\":{\"content-disposition\":\"form-data; name=\\\"return_timestamps\\\"; filename=\\\"{files.return_timestamps.filename}\\\"\",\"content-type\":\"{files.return_timestamps.mediaType}\"}}}]}"
      },
      {
        "when": [
          {
            "files.metadata": {
              "absent": false
            },
            "state": {
              "enum": [
                "fastapi-0.165"
              ]
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"string_type\",\"loc\":[\"body\",\"metadata\"],\"msg\":\"Input should be a valid string\",\"input\":{\"filename\":\"{files.metadata.filename}\",\"file\":{\"_file\":{},\"_max_size\":1048576,\"_rolled\":false,\"_TemporaryFileArgs\":{\"mode\":\"w+b\",\"buffering\":-1,\"suffix\":null,\"prefix\":null,\"encoding\":null,\"newline\":null,\"dir\":null,\"errors\":null}},\"size\":\"{files.metadata.bytes}\",\"headers\":{\"content-disposition\":\"form-data; name=\\\"metadata\\\"; filename=\\\"{files.metadata.filename}\\\"\",\"content-type\":\"{files.metadata.mediaType}\"},\"_max_mem_size\":1048576}}]}"
      },
      {
        "when": [
          {
            "files.metadata": {
              "absent": false
            }
          }
        ],
        "status": 422,
        "mediaType": "application/json",
        "body": "{\"detail\":[{\"type\":\"string_type\",\"loc\":[\"body\",\"metadata\"],\"msg\":\"Input should be a valid string\",\"input\":{\"filename\":\"{files.metadata.filename}\",\"file\":{\"_file\":{},\"_max_size\":1048576,\"_rolled\":false,\"_TemporaryFileArgs\":{\"mode\":\"w+b\",\"buffering\":-1,\"suffix\":null,\"prefix\":null,\"encoding\":null,\"newline\":null,\"dir\":null,\"errors\":null}},\"size\":\"{files.metadata.bytes}\",\"headers\":{\"content-disposition\":\"form-data; name=\\\"metadata\\\"; filename=\\\"{files.metadata.filename}\\\"\",\"content-type\":\"{files.metadata.mediaType}\"}}}]}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no audio part"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#wrong field name"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#audio as text"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no filename, audio ct"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#urlencoded"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#ts as file"
      },
      {
        "recording": "ai-runner-fastapi-0.165.jsonl#ts as file"
      }
    ],
    "checks": [
      "RS-04"
    ],
    "cope": "Read `loc`, `msg` and `type` and ignore the rest. Do not log the body unchanged."
  },
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
      },
      {
        "authorization": {
          "pattern": ", "
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
    "id": "ai-runner/first-authorization-wins",
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
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#two auth right+wrong"
      }
    ],
    "checks": [
      "AU-11"
    ],
    "cope": "Send one `Authorization` header."
  },
  {
    "id": "ai-runner/one-space-before-token",
    "summary": "Two spaces between the scheme and the token get 401.",
    "when": [
      {
        "token": {
          "enum": [
            "right"
          ]
        },
        "authorization": {
          "pattern": "^\\w+ {2,}\\*$"
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#two spaces"
      }
    ],
    "checks": [],
    "cope": "Send one space before the token."
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#no auth"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#wrong token"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#Basic"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#Expect 100, no auth"
      }
    ],
    "checks": [
      "AU-10"
    ],
    "cope": "Try the token with a short recording before you send a long one."
  },
  {
    "id": "ai-runner/model-id-echoed",
    "summary": "The 400 for a model that the runner does not have repeats `model_id` in full, even thousands of characters of it.",
    "when": [
      {
        "fields.model_id": {
          "except": [
            "",
            "openai/whisper-large-v3"
          ]
        },
        "files.audio": {
          "absent": false
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"pipeline configured with openai/whisper-large-v3 but called with {fields.model_id}.\"}}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#model=openai/whisper-medium"
      }
    ],
    "checks": [
      "ER-06"
    ],
    "cope": "Shorten the message before you show or log it."
  },
  {
    "id": "ai-runner/bad-metadata-blames-audio",
    "summary": "Metadata that is not a JSON object, or whose `duration` is not a number, gets an error about the recording. An empty value is accepted.",
    "when": [
      {
        "fields.metadata": {
          "pattern": "^(?!\\s*\\{)[\\s\\S]+$"
        }
      },
      {
        "fields.metadata": {
          "pattern": "^\\s*\\{(?!\\s*[\"}])|[^}\\s]\\s*$"
        }
      },
      {
        "fields.metadata": {
          "pattern": "\"duration\"\\s*:\\s*(\"[^\"0-9]*\"|\\[|\\{)"
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#meta=[]"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#meta=null"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#meta={\"duration\":[1]}"
      }
    ],
    "checks": [
      "FV-12"
    ],
    "cope": "Check the metadata before you suspect the recording. Omit it if it has no content."
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
        "files.audio.bytes": {
          "under": 52428801
        },
        "fields.metadata": {
          "pattern": "\"duration\"\\s*:\\s*(\"?[-\\d]|true)"
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#text file + duration"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#empty file + duration"
      }
    ],
    "checks": [
      "MD-10",
      "ER-07"
    ],
    "cope": "Send no `duration`; the runner measures the recording itself."
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
        "files.audio.bytes": {
          "under": 52428801
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#text file"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#audio empty file"
      }
    ],
    "checks": [
      "MD-10"
    ],
    "cope": "Read this message as 'not a recording that can be decoded'."
  },
  {
    "id": "ai-runner/cut-sample-is-415",
    "summary": "A WAV file whose last sample is cut gets 415. Newer installations serve it.",
    "when": [
      {
        "files.audio.isWhole": {
          "enum": [
            false
          ]
        },
        "files.audio.bytes": {
          "under": 52428801
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "state": {
              "enum": [
                "fastapi-0.165"
              ]
            }
          }
        ],
        "status": 200
      },
      {
        "status": 415,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"Unsupported audio format or malformed file.\"}}"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/50a742c/runner/src/runner/routes/audio_to_text.py"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#10 MiB+1 wav"
      },
      {
        "recording": "ai-runner-fastapi-0.165.jsonl#10 MiB+1 wav"
      }
    ],
    "checks": [],
    "cope": "Write whole samples."
  },
  {
    "id": "ai-runner/long-word-refused",
    "summary": "A recording of more than an hour gets 400 with timestamps by word. A `duration` in `metadata` counts for its length.",
    "when": [
      {
        "fields.return_timestamps": {
          "enum": [
            "word",
            "WORD"
          ]
        },
        "files.audio.seconds": {
          "over": 3600
        }
      },
      {
        "fields.return_timestamps": {
          "enum": [
            "word",
            "WORD"
          ]
        },
        "fields.metadata": {
          "pattern": "\"duration\"\\s*:\\s*\"?(360[1-9]|36[1-9]\\d|3[7-9]\\d\\d|[4-9]\\d{3}|[1-9]\\d{4,})"
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"Word timestamps are only supported for audio files up to 60 minutes for model openai/whisper-large-v3.\"}}"
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
    "checks": [],
    "cope": "Split the recording, or use `sentence`."
  },
  {
    "id": "ai-runner/char-is-400",
    "summary": "`return_timestamps=char` gets 400 with a message of the model. The contract declares 422.",
    "when": [
      {
        "fields.return_timestamps": {
          "enum": [
            "char"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"detail\":{\"msg\":\"Error during model execution: Whisper cannot return `char` timestamps, only on word level or sentence level. Make sure to use the appropriate feature..\"}}"
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
    "checks": [],
    "cope": "Send only `sentence`, `word`, `true` or `false`."
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
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#ts='banana'"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#ts='Sentence'"
      },
      {
        "recording": "ai-runner-fastapi-0.115.jsonl#ts='True'"
      }
    ],
    "checks": [
      "FV-09"
    ],
    "cope": "Send only `sentence`, `word`, `true` or `false`; the runner does not report a misspelled value."
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
      "CN-01",
      "MP-01",
      "FV-01",
      "MD-01",
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
      "CN-01",
      "AU-11",
      "MP-01",
      "FV-01",
      "FV-09",
      "MD-01",
      "MD-14",
      "ER-01",
      "ER-05",
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

export const encoder: 'go' | undefined = undefined
