import type { Encoding, OpenAPI, Schema } from '@livepeer-ai/openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock, type Mock } from '../index.ts'

type Part = [name: string, value: string | File]

interface Operation {
  type?: string
  schema: Schema
  encoding?: Record<string, Encoding>
}

const binary = { type: 'string', format: 'binary' }
const urlencoded = 'application/x-www-form-urlencoded'
const form = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  required,
  properties,
})
const meta: Schema = { type: 'object', required: ['a'], properties: { a: { type: 'string' }, n: { type: 'integer' } } }

const operations: Record<string, Operation> = {
  '/several': { schema: form({ file: { type: 'array', items: binary, maxItems: 2 } }, ['file']) },
  '/optional': { schema: form({ file: { anyOf: [binary, { type: 'null' }] } }) },
  '/untyped': { schema: form({ file: {} }, ['file']), encoding: { file: { contentType: 'image/png, image/jpeg' } } },
  '/any-bytes': {
    schema: form({ file: binary }, ['file']),
    encoding: { file: { contentType: 'application/octet-stream' } },
  },
  '/media-type': { schema: form({ file: { type: 'string', contentMediaType: 'image/png' } }, ['file']) },
  '/choice': { schema: form({ file: { oneOf: [binary, { type: 'array', items: binary }] } }, ['file']) },
  '/extended': {
    schema: { allOf: [form({ file: { allOf: [binary] } }, ['file']), form({ note: { type: 'string' } })] },
  },
  '/measured': {
    schema: form({ file: { ...binary, minLength: 3, maxLength: 5 }, text: { type: 'string', pattern: '^a+$' } }),
  },
  '/json': {
    schema: form({ meta, list: { type: 'array', items: meta } }),
    encoding: { meta: { contentType: 'application/json' } },
  },
  '/reference': { schema: { $ref: '#/components/schemas/Form' } },
  '/broken': {
    schema: form({ self: { $ref: '#/components/schemas/Self' }, gone: { $ref: '#/nowhere' }, never: false as never }),
  },
  '/deep': { schema: form({ deep: { $ref: '#/components/schemas/Deep0' } }) },
  '/conditional': {
    schema: {
      type: 'object',
      if: { properties: { id: { type: 'integer', minimum: 2 } } },
      else: { properties: { state: { const: 'open' } } },
    },
  },
  '/scalars': {
    schema: form({
      flag: { type: 'boolean' },
      count: { anyOf: [{ type: 'integer', minimum: 2 }, { type: 'null' }] },
      level: { enum: [1, 2] },
      tags: { type: 'array', items: { type: 'integer' } },
    }),
  },
  '/styles': {
    type: urlencoded,
    schema: form({
      tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
      comma: { type: 'array', items: { type: 'string' }, minItems: 2 },
      pipe: { type: 'array', items: { type: 'integer' } },
      deep: {
        type: 'object',
        properties: { a: { type: 'integer' }, b: { type: 'array', items: { type: 'integer' } } },
      },
      spread: { type: 'object', properties: { x: { type: 'integer' } } },
      meta,
    }),
    encoding: {
      comma: { explode: false },
      pipe: { style: 'pipeDelimited', explode: false },
      deep: { style: 'deepObject', explode: true },
      spread: { style: 'form' },
    },
  },
  '/plain': { type: 'text/plain', schema: { type: 'string', minLength: 3, maxLength: 6, pattern: '^[a-z]+$' } },
  '/bytes': { type: 'application/octet-stream', schema: { ...binary, minLength: 3, maxLength: 6 } },
  '/xml': { type: 'application/xml', schema: meta },
}

const description: OpenAPI = {
  openapi: '3.1.0',
  info: { title: 'Forms', version: '1' },
  components: {
    schemas: {
      Form: form({ files: { $ref: '#/components/schemas/Files' } }),
      Files: { type: 'array', items: binary },
      Self: { $ref: '#/components/schemas/Self' },
      // 2 ** 40 ways lead through these.
      ...Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => {
          const next = { $ref: `#/components/schemas/Deep${index + 1}` }
          return [`Deep${index}`, { anyOf: [next, next] }]
        }),
      ),
      Deep40: { type: 'string' },
    },
  },
  paths: Object.fromEntries(
    Object.entries(operations).map(([path, { type = 'multipart/form-data', schema, encoding }]) => [
      path,
      {
        post: {
          requestBody: { required: true, content: { [type]: { schema, ...(encoding && { encoding }) } } },
          responses: { 200: { description: 'Taken.', content: { 'application/json': { example: {} } } } },
        },
      },
    ]),
  ),
}

let mock: Mock
beforeAll(async () => {
  mock = await startMock({ port: 0, description })
})
afterAll(() => mock.close())

async function post(path: string, body: BodyInit, type?: string): Promise<number> {
  const headers = type === undefined ? undefined : { 'content-type': type }
  return (await fetch(mock.url + path, { method: 'POST', body, ...(headers && { headers }) })).status
}

const file = (content = 'abc', type = '') => new File([content], 'a', { type })

test.each<[path: string, parts: Part[], status: number]>([
  ['/several', [['file', file()]], 200],
  [
    '/several',
    [
      ['file', file()],
      ['file', file()],
    ],
    200,
  ],
  [
    '/several',
    [
      ['file', file()],
      ['file', file()],
      ['file', file()],
    ],
    422,
  ],
  ['/several', [['file', 'text']], 422],
  ['/optional', [['other', '']], 200],
  ['/optional', [['file', file()]], 200],
  ['/optional', [['file', '']], 200],
  ['/optional', [['file', new File([], '')]], 200],
  ['/untyped', [['file', file('abc', 'image/png')]], 200],
  ['/untyped', [['file', file()]], 200],
  ['/untyped', [['file', file('abc', 'text/plain')]], 422],
  ['/untyped', [], 422],
  ['/any-bytes', [['file', file('abc', 'text/plain')]], 200],
  ['/any-bytes', [['file', 'abc']], 422],
  ['/media-type', [['file', file()]], 200],
  ['/media-type', [['file', 'text']], 422],
  ['/choice', [['file', file()]], 200],
  [
    '/choice',
    [
      ['file', file()],
      ['file', file()],
    ],
    200,
  ],
  ['/choice', [['file', 'text']], 422],
  [
    '/extended',
    [
      ['file', file()],
      ['note', 'n'],
    ],
    200,
  ],
  ['/extended', [['file', 'text']], 422],
  ['/extended', [['note', 'n']], 422],
  [
    '/measured',
    [
      ['file', file('abcde')],
      ['text', 'aa'],
    ],
    200,
  ],
  ['/measured', [['file', file('ab')]], 422],
  ['/measured', [['file', file('abcdef')]], 422],
  ['/measured', [['text', 'b']], 422],
  ['/json', [['meta', '{"a":"x"}']], 200],
  ['/json', [['meta', file('{"a":"x"}', 'application/json')]], 200],
  ['/json', [['meta', file('{"a":1}', 'application/json')]], 422],
  ['/json', [['meta', '{"b":1}']], 422],
  ['/json', [['meta', '{"a":']], 422],
  [
    '/json',
    [
      ['list', '{"a":"x"}'],
      ['list', '{"a":"y"}'],
    ],
    200,
  ],
  ['/json', [['list', '[{"a":"x"},{"a":"y"}]']], 200],
  [
    '/json',
    [
      ['list', '{"a":"x"}'],
      ['list', '{}'],
    ],
    422,
  ],
  [
    '/reference',
    [
      ['files', file()],
      ['files', file()],
    ],
    200,
  ],
  [
    '/reference',
    [
      ['a;b', 'x'],
      ['a"b\r\n', 'y'],
      ['__proto__', 'z'],
    ],
    200,
  ],
  ['/deep', [['deep', 'x']], 200],
  ['/broken', [['other', 'x']], 200],
  ['/broken', [['self', 'x']], 200],
  ['/broken', [['gone', 'x']], 200],
  ['/broken', [['never', 'x']], 422],
  [
    '/scalars',
    [
      ['flag', 'true'],
      ['count', '2'],
      ['level', '1'],
    ],
    200,
  ],
  [
    '/conditional',
    [
      ['id', '2'],
      ['state', 'closed'],
    ],
    200,
  ],
  [
    '/conditional',
    [
      ['id', '1'],
      ['state', 'closed'],
    ],
    422,
  ],
  ['/scalars', [['flag', 'yes']], 422],
  ['/scalars', [['count', '1']], 422],
  ['/scalars', [['count', '']], 200],
  ['/scalars', [['level', '3']], 422],
  ['/scalars', [['tags', '1']], 200],
  [
    '/scalars',
    [
      ['tags', '1'],
      ['tags', '2'],
    ],
    200,
  ],
  [
    '/scalars',
    [
      ['tags', '1'],
      ['tags', 'x'],
    ],
    422,
  ],
])('%s with %j: %i', async (path, parts, status) => {
  const body = new FormData()
  for (const [name, value] of parts) body.append(name, value)
  expect(await post(path, body)).toBe(status)
})

test.each([
  ['/styles', 'tags=a&tags=b', 200],
  ['/styles', 'tags=a', 422],
  ['/styles', 'comma=a,b', 200],
  ['/styles', 'comma=a', 422],
  ['/styles', 'comma=a/b,c', 422],
  ['/styles', 'comma=a%2Fb,c', 200],
  ['/styles', 'pipe=1%7C2', 200],
  ['/styles', 'pipe=1%7Cx', 422],
  ['/styles', 'deep[a]=1&deep%5Bb%5D[]=1&deep[b][]=2', 200],
  ['/styles', 'deep[a]=x', 422],
  ['/styles', 'deep[b][0]=x', 422],
  ['/styles', 'x=1', 200],
  ['/styles', 'x=y', 422],
  ['/styles', 'meta=%7B%22a%22%3A%22x%22%7D', 200],
  ['/styles', 'meta=%7B%7D', 422],
  ['/plain', 'abcdef', 200],
  ['/plain', 'ab', 422],
  ['/plain', 'abcdefg', 422],
  ['/plain', 'ABC', 422],
  ['/bytes', 'ab\u00e4', 200],
  ['/bytes', 'ab', 422],
  ['/bytes', '\u00e4\u00e4\u00e4\u00e4', 422],
  ['/xml', '<a/>', 200],
])('%s with the body %s: %i', async (path, body, status) => {
  expect(await post(path, body, operations[path]?.type)).toBe(status)
})
