// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'

export const deviations: readonly Deviation[] = [
  {
    "id": "go-livepeer/undeclared-404",
    "summary": "An unknown path gets 404 in plain text. A path with two slashes gets a redirect with 307. A slash at the end is another path.",
    "when": [
      {
        "path": {
          "except": [
            "/audio-to-text"
          ]
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "path": {
              "pattern": "//"
            }
          }
        ],
        "status": 307,
        "headers": {
          "location": "{cleanPath}"
        },
        "body": ""
      },
      {
        "status": 404,
        "headers": {
          "x-content-type-options": "nosniff"
        },
        "mediaType": "text/plain",
        "body": "404 page not found\n"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "recording": "go-livepeer.jsonl#unknown path"
      },
      {
        "recording": "go-livepeer.jsonl#trailing slash"
      },
      {
        "recording": "go-livepeer.jsonl#upper case path"
      },
      {
        "recording": "go-livepeer.jsonl#double slash path"
      },
      {
        "recording": "go-livepeer.jsonl#GET /"
      }
    ],
    "checks": [],
    "cope": "Check the configured base URL. Append the path exactly as documented."
  },
  {
    "id": "go-livepeer/no-authentication",
    "summary": "The gateway requires no token and ignores one that the client sends. It never responds 401.",
    "when": [
      {
        "token": {
          "enum": [
            "none",
            "wrong"
          ]
        }
      },
      {
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
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_mediaserver.go",
        "lines": "73",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_mediaserver.go#L73"
      },
      {
        "recording": "go-livepeer.jsonl#bad token"
      }
    ],
    "checks": [
      "AU-01",
      "AU-02",
      "AU-04",
      "AU-05",
      "AU-07",
      "AU-08",
      "AU-10",
      "AU-11"
    ],
    "cope": "Send no token; a public gateway would only learn a secret."
  },
  {
    "id": "go-livepeer/silent-200-on-get",
    "summary": "Any method except POST gets 200 with an empty body, because the handler of validation errors writes nothing. The documentation promises 405.",
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
        "status": 200,
        "body": "",
        "lacks": [
          "allow"
        ]
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_mediaserver.go",
        "lines": "70-79",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_mediaserver.go#L70-L79"
      },
      {
        "recording": "go-livepeer.jsonl#method GET"
      },
      {
        "recording": "go-livepeer.jsonl#method HEAD"
      },
      {
        "recording": "go-livepeer.jsonl#method PATCH"
      },
      {
        "recording": "go-livepeer.jsonl#method DELETE"
      },
      {
        "recording": "go-livepeer.jsonl#method OPTIONS"
      },
      {
        "recording": "go-livepeer.jsonl#method TRACE"
      },
      {
        "recording": "go-livepeer.jsonl#PUT with a form"
      },
      {
        "recording": "go-livepeer.jsonl#preflight"
      }
    ],
    "checks": [
      "ME-01",
      "ME-02",
      "ME-04",
      "ME-05",
      "ME-06",
      "HD-04",
      "RS-06"
    ],
    "cope": "Treat a 200 without a body as a failure. Do not use GET or HEAD to test whether the gateway is available."
  },
  {
    "id": "go-livepeer/no-cors",
    "summary": "No response carries CORS headers, and a preflight gets the empty 200. A page on another origin cannot call the gateway.",
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
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_mediaserver.go",
        "lines": "83-126",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_mediaserver.go#L83-L126"
      },
      {
        "recording": "go-livepeer.jsonl#preflight"
      }
    ],
    "checks": [
      "HD-04",
      "HD-06"
    ],
    "cope": "Call it from a server, or through a proxy on the page's own origin."
  },
  {
    "id": "go-livepeer/not-multipart-is-400",
    "summary": "A body that is not multipart, or names no boundary, gets 400. The contract declares 415.",
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
      },
      {
        "method": {
          "enum": [
            "POST"
          ]
        },
        "form": {
          "enum": [
            "no-boundary"
          ]
        }
      }
    ],
    "answers": [
      {
        "when": [
          {
            "mediaType": {
              "pattern": "^(?!multipart/)"
            }
          },
          {
            "mediaType": {
              "absent": true
            }
          },
          {
            "contentType": {
              "pattern": ";\\s*[\\w-]+\\s*(;|$)"
            }
          }
        ],
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"request Content-Type isn't multipart/form-data\"}}\n"
      },
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"no multipart boundary param in Content-Type\"}}\n"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_mediaserver.go",
        "lines": "147-186",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_mediaserver.go#L147-L186"
      },
      {
        "recording": "go-livepeer.jsonl#no content type"
      },
      {
        "recording": "go-livepeer.jsonl#urlencoded"
      },
      {
        "recording": "go-livepeer.jsonl#audio/mpeg raw"
      },
      {
        "recording": "go-livepeer.jsonl#missing boundary"
      },
      {
        "recording": "go-livepeer.jsonl#malformed content type"
      }
    ],
    "checks": [
      "CN-06",
      "ER-01"
    ],
    "cope": "Send multipart/form-data; then this error never occurs."
  },
  {
    "id": "go-livepeer/other-multipart-accepted",
    "summary": "A form of another multipart type, for example multipart/mixed, is accepted. The contract declares 415.",
    "when": [
      {
        "mediaType": {
          "pattern": "^multipart/(?!form-data$)"
        },
        "form": {
          "except": [
            "no-boundary"
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
        "recording": "go-livepeer.jsonl#multipart/mixed"
      }
    ],
    "checks": [],
    "cope": "Send multipart/form-data, which every gateway accepts."
  },
  {
    "id": "go-livepeer/line-feeds-accepted",
    "summary": "A form whose lines end with a bare line feed is accepted. The contract declares 400.",
    "when": [
      {
        "form": {
          "enum": [
            "line-feeds"
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
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_mediaserver.go",
        "lines": "147-186",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_mediaserver.go#L147-L186"
      }
    ],
    "checks": [],
    "cope": "End the lines of a form with a carriage return and a line feed, which every gateway accepts."
  },
  {
    "id": "go-livepeer/broken-form",
    "summary": "A form that is broken gets 400 with a message of the parser, in the gateway's envelope.",
    "when": [
      {
        "form": {
          "enum": [
            "empty",
            "unclosed"
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
                "empty"
              ]
            }
          }
        ],
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"multipart: NextPart: EOF\"}}\n"
      },
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"unexpected EOF\"}}\n"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "recording": "go-livepeer.jsonl#empty body"
      },
      {
        "recording": "go-livepeer.jsonl#truncated form"
      },
      {
        "recording": "go-livepeer.jsonl#gzip body"
      }
    ],
    "checks": [
      "ER-01"
    ],
    "cope": "Read the message from `error.message` as well as from `detail`."
  },
  {
    "id": "go-livepeer/missing-audio-is-400",
    "summary": "The gateway does not check that a form has the recording, as a file with a name. It measures 0 bytes, and the client gets 400, not 422.",
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
            "preamble",
            "nameless-part",
            "excessive",
            "line-feeds"
          ]
        },
        "files.audio": {
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
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"audio duration calculation failed\"}}\n"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_mediaserver.go",
        "lines": "147-186",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_mediaserver.go#L147-L186"
      },
      {
        "recording": "go-livepeer.jsonl#audio missing"
      },
      {
        "recording": "go-livepeer.jsonl#audio missing, no model"
      },
      {
        "recording": "go-livepeer.jsonl#audio as text"
      },
      {
        "recording": "go-livepeer.jsonl#wrong name"
      }
    ],
    "checks": [
      "AU-08",
      "ER-01"
    ],
    "cope": "Check that the recording is present before you send the form."
  },
  {
    "id": "go-livepeer/unreadable-audio-is-400",
    "summary": "An empty file, or one that is not a recording, gets 400 'audio duration calculation failed', never 415.",
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
      },
      {
        "files.audio.bytes": {
          "enum": [
            0
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
    "basis": "run",
    "evidence": [
      {
        "recording": "go-livepeer.jsonl#audio empty"
      },
      {
        "recording": "go-livepeer.jsonl#text as audio"
      },
      {
        "recording": "go-livepeer.jsonl#random bytes"
      }
    ],
    "checks": [
      "MD-10",
      "ER-01"
    ],
    "cope": "Check the first bytes of a file before you send it. Do not retry with the same file."
  },
  {
    "id": "go-livepeer/wav-refused",
    "summary": "PCM WAV gets 400 'audio duration calculation failed', because the gateway measures a duration of 0. The same recording as MP3 works.",
    "when": [
      {
        "files.audio.container": {
          "enum": [
            "wav"
          ]
        },
        "files.audio.codec": {
          "enum": [
            "pcm"
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
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "issue": 3918,
        "url": "https://github.com/livepeer/go-livepeer/issues/3918"
      },
      {
        "repository": "livepeer/lpms",
        "issue": 435,
        "url": "https://github.com/livepeer/lpms/issues/435"
      },
      {
        "recording": "go-livepeer.jsonl#wav named mp3"
      }
    ],
    "checks": [
      "MP-01",
      "MD-01",
      "MD-02",
      "MD-09",
      "MD-12",
      "MD-13",
      "MD-15",
      "ER-01"
    ],
    "cope": "Send MP3 instead. Tell the user before a long upload."
  },
  {
    "id": "go-livepeer/ogg-refused",
    "summary": "Ogg gets 400 'audio duration calculation failed', for the same reason as WAV.",
    "when": [
      {
        "files.audio.container": {
          "enum": [
            "ogg"
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
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/lpms",
        "issue": 414,
        "url": "https://github.com/livepeer/lpms/issues/414"
      },
      {
        "recording": "go-livepeer.jsonl#ogg vorbis"
      }
    ],
    "checks": [
      "MD-08",
      "ER-01"
    ],
    "cope": "Send MP3 instead. Tell the user before a long upload."
  },
  {
    "id": "go-livepeer/untimed-refused",
    "summary": "A recording that does not state its duration gets 400 'audio duration calculation failed'. Browsers record such WebM files; AAC without a container is another example.",
    "when": [
      {
        "files.audio.isTimed": {
          "enum": [
            false
          ]
        }
      },
      {
        "files.audio.container": {
          "enum": [
            "aac"
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
    "basis": "run",
    "evidence": [
      {
        "recording": "go-livepeer.jsonl#webm live (no duration)"
      }
    ],
    "checks": [],
    "cope": "Convert the recording to MP3, or write the duration into its header."
  },
  {
    "id": "go-livepeer/short-clip-refused",
    "summary": "A recording of less than a second gets 400. The gateway measures the duration in whole seconds, which gives 0.",
    "when": [
      {
        "files.audio.seconds": {
          "under": 1
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
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "common/util.go",
        "lines": "468",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/common/util.go#L468"
      }
    ],
    "checks": [
      "MD-12",
      "ER-01"
    ],
    "cope": "Pad a short recording with silence to a second or more."
  },
  {
    "id": "go-livepeer/model-id-needed",
    "summary": "Without `model_id`, the orchestrator crashes on the missing value. The client gets 200 with the body `null`.",
    "when": [
      {
        "fields.model_id": {
          "absent": true
        },
        "files.audio": {
          "absent": false
        }
      }
    ],
    "answers": [
      {
        "status": 200,
        "mediaType": "application/json",
        "body": "null\n"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_http.go",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_http.go"
      },
      {
        "recording": "go-livepeer.jsonl#no model"
      },
      {
        "recording": "go-livepeer.jsonl#model as file"
      }
    ],
    "checks": [
      "RS-01",
      "RS-06",
      "FV-01"
    ],
    "cope": "Always send `model_id`, for example `openai/whisper-large-v3`. Treat a 200 with `null` as a failure."
  },
  {
    "id": "go-livepeer/empty-model-id",
    "summary": "The gateway takes an empty `model_id`, the documented default, for a model without a name. No orchestrator has that model, so the connection is closed.",
    "when": [
      {
        "fields.model_id": {
          "enum": [
            ""
          ]
        },
        "files.audio": {
          "absent": false
        }
      }
    ],
    "answers": [
      {
        "connection": "closed"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_process.go",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_process.go"
      },
      {
        "recording": "go-livepeer.jsonl#model empty"
      }
    ],
    "checks": [
      "FV-02",
      "TR-03"
    ],
    "cope": "Always send `model_id`, for example `openai/whisper-large-v3`."
  },
  {
    "id": "go-livepeer/unknown-model-drops-connection",
    "summary": "For a model that no orchestrator runs, the connection is closed without a response, not 400. In practice that is any model except openai/whisper-large-v3.",
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
        "connection": "closed"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_process.go",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_process.go"
      },
      {
        "recording": "go-livepeer.jsonl#model unknown"
      }
    ],
    "checks": [
      "FV-03",
      "FV-04",
      "TR-03"
    ],
    "cope": "Check the model name if every attempt ends with a closed connection."
  },
  {
    "id": "go-livepeer/metadata-overwritten",
    "summary": "The gateway replaces the client's `metadata` with the duration that it measured, in whole seconds. It does not report even text that is not JSON.",
    "when": [
      {
        "fields.metadata": {
          "absent": false
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
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_process.go",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_process.go"
      },
      {
        "recording": "go-livepeer.jsonl#metadata no json"
      },
      {
        "recording": "go-livepeer.jsonl#metadata {}"
      }
    ],
    "checks": [
      "FV-12"
    ],
    "cope": "Do not send `metadata`; nothing reads it."
  },
  {
    "id": "go-livepeer/oversize-is-503",
    "summary": "The gateway has no limit of its own. It uploads more than 50 MiB to each orchestrator in turn, and each rejects it. The client gets 503 after some seconds.",
    "when": [
      {
        "files.audio.bytes": {
          "over": 52428800
        }
      }
    ],
    "answers": [
      {
        "status": 503,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"Service Unavailable Error\"}}\n",
        "lacks": [
          "retry-after"
        ]
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_process.go",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_process.go"
      },
      {
        "recording": "go-livepeer.jsonl#mp3 51 MiB"
      }
    ],
    "checks": [
      "MP-30",
      "ER-04",
      "ER-07",
      "HD-07"
    ],
    "cope": "Reject a larger file before you send it."
  },
  {
    "id": "go-livepeer/char-is-400",
    "summary": "`return_timestamps=char` gets 400 in the gateway's envelope, with a colon and a space before the message of the model.",
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
        "body": "{\"error\":{\"message\":\": Error during model execution: Whisper cannot return `char` timestamps, only on word level or sentence level. Make sure to use the appropriate feature..\"}}\n"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "recording": "go-livepeer.jsonl#return_timestamps=char"
      }
    ],
    "checks": [],
    "cope": "Send only `sentence`, `word`, `true` or `false`. Remove the colon and the space before you show the message."
  },
  {
    "id": "go-livepeer/any-timestamps-value",
    "summary": "The gateway passes an unknown value of `return_timestamps` to the runner, which uses `sentence` and responds 200. The runner rejects only `char`.",
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
    "basis": "source",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "file": "runner/src/runner/routes/audio_to_text.py",
        "url": "https://github.com/livepeer/ai-runner/blob/HEAD/runner/src/runner/routes/audio_to_text.py"
      }
    ],
    "checks": [
      "FV-09"
    ],
    "cope": "Send only `sentence`, `word`, `true` or `false`; the gateway does not report a misspelled value."
  },
  {
    "id": "go-livepeer/mp3-in-wav-is-null",
    "summary": "MP3 in a WAV file passes the gateway but not the runner. The client gets 200 with the body `null`.",
    "when": [
      {
        "files.audio.codec": {
          "enum": [
            "mp3"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 200,
        "mediaType": "application/json",
        "body": "null\n"
      }
    ],
    "frequency": "always",
    "basis": "run",
    "evidence": [
      {
        "recording": "go-livepeer.jsonl#mp3 in wav"
      }
    ],
    "checks": [],
    "cope": "Send MP3 without a WAV header."
  },
  {
    "id": "go-livepeer/runner-refusal-is-null",
    "summary": "If the runner rejects a request or fails at once, for example with 401, 413, 415, 422 or 500, the gateway asks it 20 times. The client then gets 200 with the body `null`.",
    "when": [
      {
        "state": {
          "enum": [
            "runner-refuses"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 200,
        "mediaType": "application/json",
        "body": "null\n"
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "recording": "go-livepeer-runner-answers.jsonl#400 detail string"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#401"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#413"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#415"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#500"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#500 insufficient capacity"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#hangup"
      }
    ],
    "checks": [
      "FV-07",
      "MD-13",
      "MD-16",
      "RS-01",
      "RS-06"
    ],
    "cope": "Treat a 200 with `null` as a failure. Do not retry, because the gateway has tried 20 times."
  },
  {
    "id": "go-livepeer/colon-before-message",
    "summary": "A message from the model begins with a colon and a space. What follows the words 'returned 400' in any message of the runner is taken for such a message.",
    "when": [
      {
        "state": {
          "enum": [
            "inference-fails",
            "runner-says-returned-400"
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
                "inference-fails"
              ]
            }
          }
        ],
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\": Error during model execution: boom.\"}}\n"
      },
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"x\\\",\\\"type\\\":\\\"m\\\"}]}\"}}\n"
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "issue": 390,
        "url": "https://github.com/livepeer/ai-runner/issues/390"
      },
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_process.go",
        "lines": "66",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_process.go#L66"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#400 detail.msg"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#422 mentions returned 400"
      }
    ],
    "checks": [
      "CN-01",
      "AU-01",
      "AU-02",
      "AU-05",
      "AU-10",
      "MP-01",
      "FV-12",
      "ER-01"
    ],
    "cope": "Remove the colon and the space."
  },
  {
    "id": "go-livepeer/word-may-fail",
    "summary": "`return_timestamps=word` gets 400 from orchestrators whose model runs with flash attention.",
    "when": [
      {
        "fields.return_timestamps": {
          "enum": [
            "word"
          ]
        },
        "state": {
          "enum": [
            "flash-attention"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 400,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\": Error during model execution: WhisperFlashAttention2 attention does not support output_attentions.\"}}\n"
      }
    ],
    "frequency": "sometimes",
    "basis": "issue",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "issue": 390,
        "url": "https://github.com/livepeer/ai-runner/issues/390"
      }
    ],
    "checks": [
      "MP-19",
      "FV-06",
      "ER-01",
      "TR-04",
      "SE-06"
    ],
    "cope": "Retry, because another orchestrator may serve it, or use `sentence`."
  },
  {
    "id": "go-livepeer/unavailable-503",
    "summary": "If orchestrators cannot be reached, or their failures take more than two seconds, the client gets 503 without `Retry-After`. The contract declares no 503, and the message withholds the reason.",
    "when": [
      {
        "state": {
          "enum": [
            "orchestrators-fail"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 503,
        "mediaType": "application/json",
        "body": "{\"error\":{\"message\":\"Service Unavailable Error\"}}\n",
        "lacks": [
          "retry-after"
        ]
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_process.go",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_process.go"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#slow 3 s then 500"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#slow 0.3 s then 500"
      }
    ],
    "checks": [
      "CN-01",
      "AU-01",
      "AU-02",
      "AU-04",
      "AU-05",
      "AU-07",
      "AU-10",
      "AU-11",
      "MP-01",
      "FV-09",
      "FV-12",
      "MD-14",
      "ER-04",
      "ER-07",
      "HD-07"
    ],
    "cope": "Retry a few times, with a longer pause each time."
  },
  {
    "id": "go-livepeer/connection-dropped",
    "summary": "If no orchestrator is left, the gateway crashes on the request. It closes the connection without a response ('Empty reply from server').",
    "when": [
      {
        "state": {
          "enum": [
            "no-orchestrator"
          ]
        }
      }
    ],
    "answers": [
      {
        "connection": "closed"
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/go-livepeer",
        "issue": 3917,
        "url": "https://github.com/livepeer/go-livepeer/issues/3917"
      },
      {
        "repository": "livepeer/go-livepeer",
        "issue": 3867,
        "url": "https://github.com/livepeer/go-livepeer/issues/3867"
      },
      {
        "repository": "livepeer/go-livepeer",
        "issue": 3939,
        "url": "https://github.com/livepeer/go-livepeer/issues/3939"
      },
      {
        "repository": "livepeer/go-livepeer",
        "file": "server/ai_process.go",
        "lines": "1591-1594",
        "url": "https://github.com/livepeer/go-livepeer/blob/176aa41/server/ai_process.go#L1591-L1594"
      }
    ],
    "checks": [
      "CN-01",
      "AU-01",
      "AU-02",
      "AU-04",
      "AU-05",
      "AU-07",
      "AU-10",
      "AU-11",
      "MP-01",
      "FV-09",
      "FV-12",
      "MD-14",
      "TR-03"
    ],
    "cope": "Treat a closed connection as 503 and retry, or use another gateway."
  },
  {
    "id": "go-livepeer/silent-empty-transcript",
    "summary": "If the runner fails in an undeclared way, the client gets 200 with an empty text and `chunks` null.",
    "when": [
      {
        "state": {
          "enum": [
            "undeclared-runner-answer"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 200,
        "mediaType": "application/json",
        "body": "{\"chunks\":null,\"text\":\"\"}\n"
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "repository": "livepeer/ai-runner",
        "issue": 103,
        "url": "https://github.com/livepeer/ai-runner/issues/103"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#400 text"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#404 string detail"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#429 json"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#500 text"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#200 null"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#200 {}"
      },
      {
        "recording": "go-livepeer-runner-answers.jsonl#200 text/plain json"
      }
    ],
    "checks": [
      "FV-05",
      "FV-06",
      "FV-07",
      "MD-13",
      "MD-16",
      "RS-01",
      "RS-02",
      "SE-01",
      "SE-15",
      "SE-16"
    ],
    "cope": "Treat `chunks` null as a failure, not as silence, and retry."
  },
  {
    "id": "go-livepeer/null-chunks",
    "summary": "If the runner sends a text with `chunks` null, the client gets the same.",
    "when": [
      {
        "state": {
          "enum": [
            "runner-sends-null-chunks"
          ]
        }
      }
    ],
    "answers": [
      {
        "status": 200,
        "mediaType": "application/json",
        "body": "{\"chunks\":null,\"text\":\"a\"}\n"
      }
    ],
    "frequency": "sometimes",
    "basis": "run",
    "evidence": [
      {
        "recording": "go-livepeer-runner-answers.jsonl#200 chunks null"
      }
    ],
    "checks": [
      "FV-05",
      "FV-06",
      "FV-07",
      "MD-13",
      "MD-16",
      "RS-01",
      "RS-02",
      "SE-01",
      "SE-11",
      "SE-15",
      "SE-16"
    ],
    "cope": "Read `chunks` null as a transcript without times."
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
      "url": "https://dream-gateway.livepeer.cloud",
      "description": "Community gateway of Livepeer.cloud. Free of charge, without a token, not meant for production."
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
            "description": "The body is not multipart/form-data, the recording's duration cannot be measured, or the model rejected it.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GatewayError"
                },
                "examples": {
                  "duration": {
                    "summary": "PCM WAV, Ogg, or less than a second.",
                    "value": {
                      "error": {
                        "message": "audio duration calculation failed"
                      }
                    }
                  },
                  "multipart": {
                    "summary": "Not multipart/form-data.",
                    "value": {
                      "error": {
                        "message": "request Content-Type isn't multipart/form-data"
                      }
                    }
                  },
                  "boundary": {
                    "summary": "The content type names no boundary.",
                    "value": {
                      "error": {
                        "message": "no multipart boundary param in Content-Type"
                      }
                    }
                  },
                  "model": {
                    "summary": "The model failed.",
                    "value": {
                      "error": {
                        "message": ": Error during model execution: WhisperFlashAttention2 attention does not support output_attentions."
                      }
                    }
                  }
                }
              }
            }
          },
          "500": {
            "description": "Something failed. The gateway withholds the reason.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GatewayError"
                },
                "examples": {
                  "withheld": {
                    "summary": "Any failure.",
                    "value": {
                      "error": {
                        "message": "Internal Server Error"
                      }
                    }
                  }
                }
              }
            }
          },
          "503": {
            "description": "No orchestrator served the request in time. The gateway withholds the reason.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GatewayError"
                },
                "examples": {
                  "withheld": {
                    "summary": "Any failure.",
                    "value": {
                      "error": {
                        "message": "Service Unavailable Error"
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Body_genAudioToText": {
        "title": "Body_genAudioToText",
        "description": "A recording and the options for its transcription.",
        "type": "object",
        "required": [
          "audio",
          "model_id"
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
            "description": "Name of the speech recognition model on the Hugging Face hub, for example `openai/whisper-large-v3`.",
            "type": "string",
            "minLength": 1,
            "examples": [
              "openai/whisper-large-v3"
            ]
          },
          "return_timestamps": {
            "title": "Timestamps",
            "description": "Granularity of the chunks: `sentence`, `word`, `true` (the same as `sentence`) or `false` (no chunks).",
            "type": "string",
            "default": "true"
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
      "GatewayError": {
        "title": "Gateway error",
        "description": "The reason why the gateway rejected the request or failed.",
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
                "title": "Message",
                "description": "One human-readable sentence.",
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
