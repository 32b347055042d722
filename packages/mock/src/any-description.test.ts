import type { OpenAPI } from '@livepeer-ai/openapi'
import { load } from 'js-yaml'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startMock, type Mock, type MockEvent } from './index.ts'

let mock: Mock
let problems: { pointer: string; message: string }[]
beforeAll(async () => {
  mock = await startMock({ port: 0, onEvent: (event: MockEvent) => event.type === 'problem' && problems.push(event) })
})
afterAll(() => mock.close())
beforeEach(() => {
  problems = []
})

/** Serves a description with these paths. */
async function serve(paths: string, { version = '3.0.3', more = '' } = {}): Promise<void> {
  await mock.update(load(`openapi: ${version}\ninfo: { title: t, version: '1' }\n${more}\npaths:\n${paths}`) as OpenAPI)
}

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(`${mock.url}${path}`, { method, headers })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, body: /json/.test(type) ? (JSON.parse(text) as unknown) : text, response }
}

/** An operation that requires the query parameter `q`, and its 422. */
const refusing = (answer: string, path = '/a') => `
  ${path}:
    get:
      parameters: [{ name: q, in: query, required: true, schema: { type: integer } }]
      responses:
        '200': { description: ok, content: { application/json: { example: { ok: true } } } }
        '422': { description: no, content: ${answer} }`

const json = (schema: string) => `{ application/json: { schema: ${schema} } }`

test.each([
  ['nullable without a type', '{ type: object, properties: { m: { nullable: true, allOf: [{ type: string }] } } }'],
  [
    'a boolean exclusiveMinimum',
    '{ type: object, properties: { m: { type: integer, exclusiveMinimum: true, minimum: 1 } } }',
  ],
  ['a pattern without the u flag', String.raw`{ type: object, properties: { m: { pattern: '^[\w-.]+$' } } }`],
  ['an unknown type', '{ type: object, properties: { m: { type: strin } } }'],
  ['a reference to nothing', "{ type: object, properties: { m: { $ref: '#/nowhere' } } }"],
  ['a broken pattern', "{ type: object, properties: { m: { pattern: '[' } } }"],
])('answers everything else beside an error schema with %s', async (_, schema) => {
  await serve(`${refusing(json(schema))}${refusing('{}', '/b')}`)
  const answers = await Promise.all(['/a?q=1', '/zzz', '/b', '/a'].map((path) => ask(path)))
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 422, 422])
  expect(answers.map(({ body }) => typeof body)).toEqual(answers.map(() => 'object'))
})

test('reports a schema that cannot be compiled once, with its place, when it is first met', async () => {
  const schema = '{ type: object, properties: { m: { type: strin } } }'
  await serve(`${refusing(json(schema))}${refusing('{}', '/b')}`)
  for (const path of ['/zzz', '/b', '/a?q=1']) await ask(path)
  expect(problems).toEqual([])
  for (const path of ['/a', '/a']) await ask(path)
  expect(problems).toEqual([
    expect.objectContaining({ pointer: '/paths/~1a/get/responses/422/content/application~1json/schema' }),
  ])
})

const basic = '{ type: object, properties: { message: { type: string }, documentation_url: { type: string } } }'
const message = expect.stringContaining('q')

test.each<[string, string, string, unknown]>([
  ['a shape with a documented property', json(basic), 'application/json', { message }],
  ['a generated body for a schema without properties', json('{ type: object }'), 'application/json', {}],
  [
    'problem details',
    '{ application/problem+json: { schema: { type: object, properties: { detail: { type: string } } } } }',
    'application/problem+json',
    { type: 'about:blank', title: 'Unprocessable Entity', status: 422, detail: message },
  ],
  [
    'problem details with the required members',
    '{ application/problem+json: { schema: { type: object, required: [trace], properties: { detail: { type: string }, trace: { type: string } } } } }',
    'application/problem+json',
    expect.objectContaining({ status: 422, detail: message, trace: 'string' }),
  ],
  [
    'an example without a schema',
    '{ application/json: { example: { my: error } } }',
    'application/json',
    { my: 'error' },
  ],
  ['a text', '{ text/plain: { schema: { type: string } } }', 'text/plain', message],
  [
    'a generated body for required properties of no known shape',
    json(
      '{ type: object, required: [reason], properties: { reason: { type: string, enum: [bad] }, message: { type: string } } }',
    ),
    'application/json',
    { reason: 'bad', message: 'string' },
  ],
  [
    'XML',
    '{ application/xml: { schema: { type: object, properties: { a: { type: string } } } } }',
    'application/xml',
    '<xml><a>string</a></xml>',
  ],
  [
    'the media type of a range',
    '{ "*/*": { schema: { type: object, properties: { message: { type: string } } } } }',
    'application/json',
    { message },
  ],
])('refuses with %s', async (_, content, type, body) => {
  await serve(refusing(content))
  expect(await ask('/a')).toMatchObject({ status: 422, type, body })
})

test('refuses with a known shape if the error schema leads to a large part of the description', async () => {
  const list = (count: number, write: (index: number) => string) =>
    Array.from({ length: count }, (_, n) => write(n)).join(', ')
  const strings = list(100, (n) => `p${n}: { type: string }`)
  const own =
    '{ type: object, required: [message], properties: { message: { type: string }, error: { $ref: "#/components/schemas/E" } } }'
  const fields = list(40, (n) => `f${n}: { $ref: '#/components/schemas/S${n}' }`)
  const schemas = list(40, (n) => `S${n}: { type: object, properties: { ${strings} } }`)
  const error = "{ $ref: '#/components/schemas/E' }"
  await serve(refusing(json(`{ type: object, required: [error], properties: { error: ${error}, ${fields} } }`)), {
    more: `components: { schemas: { E: ${own}, ${schemas} } }`,
  })
  expect(await ask('/a')).toMatchObject({ status: 422, body: { error: { message } } })
})

test('checks the shape for each error: a later message may not fit', async () => {
  await serve(
    refusing(
      json("{ type: object, required: [message], properties: { message: { type: string, pattern: 'required' } } }"),
    ),
  )
  expect((await ask('/a')).body).toEqual({ message })
  expect((await ask('/a?q=x')).body).toEqual({ message: 'string' })
})

test('one permissive response does not change undocumented refusals', async () => {
  await serve(refusing(json('{ type: object }')))
  expect(await ask('/none')).toMatchObject({ status: 404, type: 'application/problem+json' })
})

test.each([
  ['code=422, example=second', { status: 422, body: { n: 2 } }],
  ['code=400, example=second', { status: 422, body: { n: 2 } }],
  ['example=second', { status: 422, body: { n: 1 } }],
  ['code=500, example=second', { status: 422, body: { n: 1 } }],
  ['code=422, example=none', { status: 404, type: 'application/problem+json' }],
])('follows Prefer: %s on an invalid request as Prism does', async (prefer, expected) => {
  await serve(
    refusing('{ application/json: { examples: { first: { value: { n: 1 } }, second: { value: { n: 2 } } } } }'),
  )
  expect(await ask('/a', { prefer })).toMatchObject(expected)
})

test('takes no framing and no coding header from a description', async () => {
  const header = (name: string, example: string) => `${name}: { schema: { type: string }, example: '${example}' }`
  const headers = [
    header('Content-Length', '3'),
    header('transfer-encoding', 'chunked'),
    header('Content-Encoding', 'gzip'),
    header('content-type', 'text/html'),
    header('Connection', 'close'),
    header('X-Kept', 'yes'),
    header('X-Broken', 'ä→\\n'),
  ]
  await serve(`
  /a:
    get:
      responses:
        '200': { description: ok, headers: { ${headers.join(', ')} }, content: { application/json: { example: { a: long enough } } } }`)
  const { status, type, body, response } = await ask('/a')
  expect([status, type, body]).toEqual([200, 'application/json', { a: 'long enough' }])
  expect(response.headers.get('x-kept')).toBe('yes')
  expect(response.headers.get('content-encoding')).toBeNull()
})

test('writes XML as Prism does', async () => {
  const example = '{ id: 1, tags: [a, "<b>"], none: null, inner: { ok: true } }'
  await serve(`
  /a: { get: { responses: { '200': { description: ok, content: { application/xml: { example: ${example} } } } } } }
  /b: { get: { responses: { '200': { description: ok, content: { application/vnd.x+xml: { example: '<a/>' } } } } } }`)
  expect((await ask('/a')).body).toBe(
    '<xml><id>1</id><tags>a</tags><tags>&lt;b&gt;</tags><none/><inner><ok>true</ok></inner></xml>',
  )
  expect(await ask('/b')).toMatchObject({ type: 'application/vnd.x+xml', body: '<a/>' })
})

test.each([
  ['basic', 'Basic realm="*"'],
  ['digest', 'Digest realm="*", nonce="0"'],
  ['bearer', 'Bearer'],
])('challenges for %s in every 401', async (scheme, challenge) => {
  await serve(
    `  /a: { get: { security: [{ S: [] }], responses: { '200': { description: ok }, '401': { description: no } } } }`,
    {
      more: `components: { securitySchemes: { S: { type: http, scheme: ${scheme} } } }`,
    },
  )
  for (const headers of [{}, { authorization: `${scheme} x`, prefer: 'code=401' }]) {
    const { status, response } = await ask('/a', headers)
    expect([status, response.headers.get('www-authenticate')]).toEqual([401, challenge])
  }
})

test.each<[string, Record<string, string>, number]>([
  ['{ type: http, scheme: basic }', { authorization: `Basic ${btoa('user:pass:word')}` }, 200],
  ['{ type: http, scheme: basic }', { authorization: 'Basic without-a-colon' }, 401],
  [
    '{ type: http, scheme: digest }',
    { authorization: 'Digest username="a", realm="b", nonce="c", uri="/a", response="d"' },
    200,
  ],
  ['{ type: http, scheme: digest }', { authorization: 'Digest username="a"' }, 401],
  ['{ type: http, scheme: hoba }', { authorization: 'HOBA result="x"' }, 200],
  ['{ type: apiKey, in: header, name: x-key }', { 'x-key': 'k' }, 200],
  ['{ type: apiKey, in: header, name: x-key }', { 'x-key': '' }, 401],
  ['{ type: apiKey, in: cookie, name: s }', { cookie: 'r=1; s=k' }, 200],
  ['{ type: apiKey, in: cookie, name: s }', { cookie: 's=' }, 401],
])('with the scheme %s, answers a request with the credentials %j with %i', async (scheme, headers, status) => {
  await serve(`  /a: { get: { security: [{ S: [] }], responses: { '200': { description: ok } } } }`, {
    more: `components: { securitySchemes: { S: ${scheme} } }`,
  })
  expect((await ask('/a', headers)).status).toBe(status)
})

test('negotiates only what a success can contain', async () => {
  await serve(`
  /a: { delete: { responses: { '204': { description: ok }, '404': { description: no, content: { application/problem+json: {} } } } } }`)
  expect(await ask('/a', { accept: 'application/json' }, 'DELETE')).toMatchObject({ status: 204 })
})

test('serves references in extensions and examples as data', async () => {
  await serve(
    `
  x-paths: { $ref: none.yaml }
  /a:
    get:
      x-operation: { $ref: none.yaml }
      responses: { '200': { description: ok, content: { application/json: { example: { $ref: other.yaml } } } } }`,
    { more: 'x-top: { $ref: none.yaml }' },
  )
  expect(await ask('/a')).toMatchObject({ status: 200, body: { $ref: 'other.yaml' } })
  expect(problems).toEqual([])
})

test('serves the rest of a description with broken parts, and names their places', async () => {
  await serve(`
  /a: null
  b: {}
  /c:
    get: null
    put: { parameters: [null, { name: q }], requestBody: [], responses: { '200': null, '201': { description: ok, content: [] } } }
    post: { security: yes, responses: { '200': { $ref: '#/components/responses/None' } } }
    delete: { responses: { '200': { description: ok, content: { application/json: { schema: { $ref: file.yaml } } } } } }`)
  const send = async (method: string) => (await ask('/c', {}, method)).status
  expect([await send('PUT'), await send('POST'), await send('DELETE'), await send('GET')]).toEqual([201, 200, 200, 405])
  const places = problems.map(({ pointer }) => pointer.replaceAll('/paths/', '').replaceAll('~1', '/')).toSorted()
  expect(places).toEqual([
    '/a',
    '/c/delete/responses/200/content/application/json/schema',
    '/c/get',
    '/c/post/responses/200',
    '/c/post/security',
    '/c/put/parameters/0',
    '/c/put/parameters/1',
    '/c/put/requestBody',
    '/c/put/responses/200',
    '/c/put/responses/201/content',
    'b',
  ])
})

test('leaves out a parameter that refers to a value of another kind', async () => {
  const responses = `responses: { '200': { description: ok, content: { application/json: { example: { ok: true } } } } }`
  await serve(`
  /a: { get: { ${responses} } }
  /b: { get: { parameters: [{ $ref: '#/paths/~1a' }], ${responses} } }`)
  expect((await ask('/b')).body).toEqual({ ok: true })
})

test('answers where Prism fails: no response, a schema that is too complex, no schema for dynamic=true', async () => {
  const wide = (depth: number): string =>
    depth
      ? `{ type: object, properties: { ${[1, 2, 3, 4, 5, 6].map((n) => `p${n}: ${wide(depth - 1)}`).join(', ')} } }`
      : '{ type: string }'
  await serve(`
  /none: { get: {} }
  /complex: { get: { responses: { '200': { description: ok, content: { application/json: { schema: ${wide(5)} } } } } } }
  /plain: { get: { responses: { '200': { description: ok, content: { application/json: { example: 1 } } } } } }`)
  const answers = [await ask('/none'), await ask('/complex'), await ask('/plain', { prefer: 'dynamic=true' })]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/paths/~1none/get/responses'])
})

test('reads the schemas of OpenAPI 3.2 as those of 3.1', async () => {
  const schema = "{ type: [integer, 'null'], examples: [7] }"
  await serve(
    `
  /a: { get: { responses: { '200': { description: ok, content: ${json(schema)} } } } }`,
    { version: '3.2.0' },
  )
  expect((await ask('/a')).body).toBe(7)
})

test('generates the required properties alone if a schema is too large for Prism', async () => {
  const wide = Array.from({ length: 3000 }, (_, index) => `p${index}: { type: string }`).join(', ')
  await serve(`
  /a: { get: { responses: { '200': { description: ok, content: { application/json: { schema:
    { type: object, required: [properties, id], properties: { ${wide}, id: { type: integer, example: 7 },
      properties: { type: object, required: [a], properties: { a: { type: string }, b: { type: string } } } } } } } } } } }`)
  expect(await ask('/a')).toMatchObject({ status: 200, body: { id: 7, properties: { a: 'string' } } })
  expect((await ask('/a')).body).not.toHaveProperty('p1')
  expect(problems).toEqual([])
})

test('refuses if an error chooses among schemas that all choose among one another', async () => {
  const names = Array.from({ length: 80 }, (_, index) => `S${index}`)
  const choices = names.map((name) => `{ $ref: '#/components/schemas/${name}' }`).join(', ')
  const schemas = names.map((name) => `${name}: { anyOf: [${choices}, { type: object }] }`).join(', ')
  await serve(refusing(json("{ $ref: '#/components/schemas/S0' }")), {
    more: `components: { schemas: { ${schemas} } }`,
  })
  expect((await ask('/a')).status).toBe(422)
})

/** The schemas that the schema with this index refers to. */
const references: Record<string, (index: number) => number[]> = {
  multiply: (index) => (index < 39 ? [index + 1, index + 1] : []),
  'refer to one another': () => [...Array(40).keys()],
}

test.each(Object.keys(references))('answers an operation whose schemas %s', async (name) => {
  const schemas = Array.from({ length: 40 }, (_, index) => {
    const properties = references[name]?.(index).map((to, at) => `p${at}: { $ref: '#/components/schemas/S${to}' }`)
    return `S${index}: { type: object, properties: { ${properties?.join(', ')} } }`
  })
  await serve(refusing(json("{ $ref: '#/components/schemas/S0' }")), {
    more: `components: { schemas: { ${schemas.join(', ')} } }`,
  })
  expect([(await ask('/a?q=1')).status, (await ask('/a')).status]).toEqual([200, 422])
})

test('refuses a description of which nothing can be served', async () => {
  await expect(serve('  /a: null')).rejects.toThrow('no operation of it can be served')
})
