// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

export const dreddSkeleton: string = `\
openapi: 3.0.3
info:
  title: Livepeer AI Runner
  version: 0.0.0
paths:
  /audio-to-text:
    post:
      summary: genAudioToText
      requestBody:
        content:
          multipart/form-data: {}
      responses:
        "200":
          description: "200"
          content:
            application/json: {}
        "400":
          description: "400"
          content:
            application/json: {}
        "401":
          description: "401"
          content:
            application/json: {}
        "413":
          description: "413"
          content:
            application/json: {}
        "415":
          description: "415"
          content:
            application/json: {}
        "422":
          description: "422"
          content:
            application/json: {}
        "500":
          description: "500"
          content:
            application/json: {}
`
