import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { normalizeError, type NormalizedIssue } from './normalize-error.ts'

const json = 'application/json'
const audioMissing = { loc: ['body', 'audio'], msg: 'Field required', type: 'missing' }

/** Ajv errors as Livepeer Studio encodes them. */
const mustBeString =
  '{"instancePath":"/return_timestamps","schemaPath":"#/properties/return_timestamps/type","keyword":"type","params":{"type":"string"},"message":"must be string"}'
const additional =
  '{"instancePath":"","schemaPath":"#/additionalProperties","keyword":"additionalProperties","params":{"additionalProperty":"metadata"},"message":"must NOT have additional properties"}'
const missing =
  '{"instancePath":"","schemaPath":"#/required","keyword":"required","params":{"missingProperty":"audio"},"message":"must have required property \'audio\'"}'

type Case = [
  what: string,
  status: number,
  type: string | null | undefined,
  body: string | undefined,
  message: string,
  issues?: NormalizedIssue[],
]

const cases: Case[] = [
  ['the contract', 401, json, '{"detail":{"msg":"Invalid bearer token."}}', 'Invalid bearer token.'],
  ['ai-runner: too large', 413, json, '{"detail":{"msg":"File size exceeds limit."}}', 'File size exceeds limit.'],
  [
    'ai-runner: the model failed',
    400,
    json,
    '{"detail":{"msg":"Error during model execution: boom from the model."}}',
    'Error during model execution: boom from the model.',
  ],
  ['ai-runner: detail as a string', 405, json, '{"detail":"Method Not Allowed"}', 'Method Not Allowed'],
  [
    'ai-runner: no boundary',
    400,
    json,
    '{"detail":"Missing boundary in multipart."}',
    'Missing boundary in multipart.',
  ],
  [
    'ai-runner with pydantic 2: no recording',
    422,
    json,
    '{"detail":[{"type":"missing","loc":["body","audio"],"msg":"Field required","input":null}]}',
    'body.audio: Field required',
    [audioMissing],
  ],
  [
    'ai-runner with pydantic 1: no recording',
    422,
    json,
    '{"detail":[{"loc":["body","audio"],"msg":"field required","type":"value_error.missing"}]}',
    'body.audio: field required',
    [{ loc: ['body', 'audio'], msg: 'field required', type: 'value_error.missing' }],
  ],
  [
    'ai-runner: the value that it objects to is left out',
    422,
    json,
    '{"detail":[{"type":"value_error","loc":["body","audio"],"msg":"Value error, Expected UploadFile, received: <class \'str\'>","input":"secret","ctx":{"error":{}}}]}',
    "body.audio: Value error, Expected UploadFile, received: <class 'str'>",
    [{ loc: ['body', 'audio'], msg: "Value error, Expected UploadFile, received: <class 'str'>", type: 'value_error' }],
  ],
  ['ai-runner: plain text', 500, 'text/plain; charset=utf-8', 'Internal Server Error', 'Internal Server Error'],
  [
    'go-livepeer',
    400,
    json,
    '{"error":{"message":"audio duration calculation failed"}}\n',
    'audio duration calculation failed',
  ],
  [
    'go-livepeer: the colon before a message',
    400,
    json,
    '{"error":{"message":": Error during model execution: WhisperFlashAttention2 attention does not support output_attentions."}}\n',
    'Error during model execution: WhisperFlashAttention2 attention does not support output_attentions.',
  ],
  ['go-livepeer: 503', 503, json, '{"error":{"message":"Service Unavailable Error"}}\n', 'Service Unavailable Error'],
  ['Studio: no token', 401, json, '{"errors":["request is not authenticated"]}', 'request is not authenticated'],
  ['Studio: the token is left out', 401, json, '{"errors":["no token s3cr3t found"]}', 'no token found'],
  ['Studio: too large', 422, json, '{"errors":["File too large"]}', 'File too large'],
  ['Studio: too many', 429, json, '{"errors":["Too many AI requests"]}', 'Too many AI requests'],
  [
    'Studio: validation errors in strings',
    422,
    json,
    JSON.stringify({ errors: [mustBeString, additional, missing] }),
    "body.return_timestamps: must be string; body.metadata: must NOT have additional properties; body.audio: must have required property 'audio'",
    [
      { loc: ['body', 'return_timestamps'], msg: 'must be string', type: 'type' },
      { loc: ['body', 'metadata'], msg: 'must NOT have additional properties', type: 'additionalProperties' },
      { loc: ['body', 'audio'], msg: "must have required property 'audio'", type: 'required' },
    ],
  ],
  ['JSON without a content type', 400, null, '{"detail":{"msg":"boom"}}', 'boom'],
  [
    'a page of a proxy',
    502,
    'text/html',
    '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>',
    '502 Bad Gateway',
  ],
  ['a page without a content type', 502, undefined, '<!doctype html><title>Bad gateway</title>', 'Bad gateway'],
  ['a page without a title', 502, 'text/html', '<html><body>oops</body></html>', 'HTTP 502'],
  ['bytes', 502, 'application/octet-stream', 'PK\u0003\u0004', 'HTTP 502'],
  ['an empty body', 500, json, '', 'HTTP 500'],
  ['no body', 503, undefined, undefined, 'HTTP 503'],
  ['JSON that holds no message', 400, json, '{"detail":{}}', 'HTTP 400'],
  ['an empty list', 400, json, '{"errors":[]}', 'HTTP 400'],
  ['JSON that is no object', 400, json, 'null', 'HTTP 400'],
  ['broken JSON', 500, json, '{"detail":{"msg":"bo', '{"detail":{"msg":"bo'],
  ['an entry of another shape', 400, json, '{"errors":[{"code":7}]}', '{"code":7}'],
]

test.each(cases)('normalizeError() reads %s', (_, status, type, body, message, issues) => {
  expect(normalizeError(status, type, body)).toEqual({ status, message, ...(issues && { issues }), raw: body ?? '' })
})

test('normalizeError() cuts long messages', () => {
  const long = 'x'.repeat(1_000_000)
  expect(normalizeError(500, 'text/plain', long).message).toHaveLength(300)
  expect(normalizeError(500, json, JSON.stringify({ errors: [long, long] })).message).toHaveLength(300)
})

test('normalizeError() joins several lines', () => {
  expect(normalizeError(500, 'text/plain', ' Internal Server\n  Error\r\n').message).toBe('Internal Server Error')
  expect(normalizeError(400, json, '{"detail":{"msg":"no\\nsuch model"}}').message).toBe('no such model')
})

test('normalizeError() costs a browser 1 KB at most', async () => {
  const bundle = await rolldown({ input: new URL('normalize-error.ts', import.meta.url).pathname })
  const { output } = await bundle.generate({ minify: true })
  expect(output[0].code.length).toBeLessThanOrEqual(1024)
})
