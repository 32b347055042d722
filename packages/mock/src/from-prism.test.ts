import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OpenAPI } from '@livepeer-ai/openapi'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startMock, type Mock } from './index.ts'

const schema = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', example: 'from the schema' } },
}
const description: OpenAPI = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1.2' },
  servers: [{ url: 'https://pets.example/v1' }],
  paths: {
    '/pets/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: {
          200: {
            description: 'A pet.',
            content: {
              'application/json': {
                schema,
                examples: { cat: { value: { name: 'Tom' } }, wrong: { value: { name: 1 } } },
              },
            },
          },
          404: { description: 'None.', content: { 'application/json': { example: { message: 'nobody' } } } },
        },
      },
    },
    '/filter': {
      get: {
        parameters: [
          {
            name: 'f',
            in: 'query',
            style: 'deepObject',
            required: true,
            schema: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
          },
        ],
        responses: { 200: { description: 'Filtered.' } },
      },
    },
    '/query': {
      get: {
        parameters: [
          { name: 'list', in: 'query', schema: { type: 'array', items: { type: 'integer' } } },
          { name: 'maybe', in: 'query', schema: { type: 'array', nullable: true, items: { type: 'integer' } } },
          { name: 'object', in: 'query', schema: { type: 'object', properties: { a: { type: 'integer' } } } },
          { name: 'unfit', in: 'query', style: 'pipeDelimited', schema: { type: 'integer' } },
        ],
        responses: { 200: { description: 'Read.' } },
      },
    },
    '/headers': {
      get: {
        parameters: [true, false].map((required) => ({
          name: required ? 'X-All' : 'X-Some',
          in: 'header',
          required,
          schema: { type: 'array', items: { type: 'integer' } },
        })),
        responses: { 200: { description: 'Read.' } },
      },
    },
    ...Object.fromEntries(
      ['label', 'matrix'].map((style) => [
        `/${style}/{id}`,
        {
          get: {
            parameters: [{ name: 'id', in: 'path', required: true, style, schema: { type: 'integer' } }],
            responses: { 200: { description: 'Read.' } },
          },
        },
      ]),
    ),
    '/hooks': {
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 200: { description: 'Noted.' } },
        callbacks: {
          done: { '{$request.body#/url}': { post: { responses: { 200: { description: 'Ok.' } } } } },
        },
      } as object,
    },
  },
}

let mock: Mock
let strict: Mock
/** A server that notes the callbacks it gets. */
const called: string[] = []
const target = createServer((incoming, outgoing) => {
  called.push(`${incoming.method} ${incoming.url}`)
  incoming.resume()
  outgoing.end()
})
beforeAll(async () => {
  mock = await startMock({ port: 0, description })
  strict = await startMock({ port: 0, description, errors: true, ignoreExamples: false, callbacks: true })
  await new Promise<void>((resolve) => void target.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await Promise.all([mock.close(), strict.close()])
  target.close()
})
beforeEach(() => void called.splice(0))

const ask = (path: string, { url } = mock, init: RequestInit = {}) => fetch(url + path, init)

test.each([
  ['?__code=404', 404, { message: 'nobody' }],
  ['?__example=cat', 200, { name: 'Tom' }],
  ['?__example=wrong', 200, { name: 1 }],
  ['?__dynamic=true', 200, expect.objectContaining({})],
  ['?__code=299', 404, expect.anything()],
])('follows %s as Prism does', async (query, status, body) => {
  const response = await ask(`/pets/1${query}`)
  expect([response.status, await response.json()]).toEqual([status, body])
})

test('lists the violations of a request in the header of Prism', async () => {
  const response = await ask('/pets/x%C3%A4')
  expect([response.status, JSON.parse(response.headers.get('sl-violations') ?? '')]).toEqual([
    422,
    [expect.objectContaining({ location: ['request', 'path', 'id'], severity: 'Error', code: 'type' })],
  ])
  expect((await ask('/pets/1')).headers.has('sl-violations')).toBe(false)
})

test.each([
  ['/pets/', ['path'], 'path'],
  ['/filter?f[b]=1', ['query', 'f'], 'query parameter f'],
  ['/filter', ['query', 'f'], 'query parameter f'],
])('lists a missing value at %s as Prism does, in the header and in problem details', async (path, location, noun) => {
  const response = await ask(path)
  const name = location.length > 1 ? 'a' : 'id'
  const violation = {
    severity: 'Error',
    code: 'required',
    message: `Request ${noun} must have required property '${name}'`,
  }
  expect(JSON.parse(response.headers.get('sl-violations') ?? '')).toEqual([
    { location: ['request', ...location], ...violation },
  ])
  expect([response.status, await response.json()]).toMatchObject([422, { validation: [{ location, ...violation }] }])
})

test.each([
  ['list=1&list=2', 200],
  ['list=1,2', 422],
  ['maybe=1&maybe=2', 200],
  ['maybe=1', 200],
  ['maybe=x', 422],
  ['a=1', 200],
  ['a=x', 422],
  ['unfit=1', 200],
])('reads the query %s by the styles of OpenAPI: %i', async (query, status) => {
  expect((await ask(`/query?${query}`)).status).toBe(status)
})

test.each<[Record<string, string>, number]>([
  [{}, 422],
  [{ 'x-all': '1' }, 200],
  [{ 'x-all': '1,x' }, 422],
  [{ 'x-all': '1', 'x-some': '1,2' }, 200],
  [{ 'x-all': '1', 'x-some': 'x' }, 422],
])('checks the lists in the headers %j: %i', async (headers, status) => {
  expect((await ask('/headers', mock, { headers })).status).toBe(status)
})

test.each([
  ['/label/.1', 200],
  ['/label/1', 422],
  ['/matrix/;id=1', 200],
  ['/matrix/;no=1', 422],
])('reads the path %s by the style of its parameter: %i', async (path, status) => {
  expect((await ask(path)).status).toBe(status)
})

test('with errors, answers with a 500 for a response that does not fit the description', async () => {
  const response = await ask('/pets/1?__example=wrong', strict)
  const violation = { location: ['response', 'body', 'name'], code: 'type' }
  expect([response.status, await response.json()]).toMatchObject([500, { validation: [violation] }])
  expect(JSON.parse(response.headers.get('sl-violations') ?? '')).toMatchObject([violation])
  expect((await ask('/pets/1', strict)).status).toBe(200)
})

test('with ignoreExamples, answers from the schema', async () => {
  await using plain = await startMock({ port: 0, description, ignoreExamples: true })
  expect(await (await ask('/pets/1', plain)).json()).toEqual({ name: 'from the schema' })
})

test('sends callbacks only if it is told to', async () => {
  const { port } = target.address() as AddressInfo
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `http://127.0.0.1:${port}/done` }),
  }
  for (const server of [mock, strict, strict]) expect((await ask('/hooks', server, init)).status).toBe(200)
  await expect.poll(() => called).toEqual(['POST /done', 'POST /done'])
})

test.each(['/openapi.json', '/openapi.yaml'])('serves the description with its own URL at %s', async (path) => {
  const response = await ask(path)
  expect(response.status).toBe(200)
  const text = await response.text()
  const { parse } = await import('yaml')
  expect(parse(text)).toEqual(
    JSON.parse(JSON.stringify({ ...description, servers: [{ url: mock.url, description: 'This server.' }] })),
  )
})

test('prefers a path of the description to its own', async () => {
  const responses = { 200: { description: 'Own.', content: { 'text/plain': { example: 'own' } } } }
  const paths = { '/openapi.json': { get: { responses } }, '/': { get: { responses } } }
  await using other = await startMock({ port: 0, description: { ...description, paths } })
  for (const path of Object.keys(paths)) expect(await (await ask(path, other)).text()).toBe('own')
})

test('says at / what is served', async () => {
  expect(await (await ask('/')).json()).toMatchObject({
    serves: 'Pets 1.2',
    operations: expect.arrayContaining(['GET /pets/{id}', 'POST /hooks']) as string[],
    control: '/__mock/openapi.json',
  })
  await using untitled = await startMock({ port: 0, description: { openapi: '3.0.0', paths: {} } as never })
  expect(await (await ask('/', untitled)).json()).toMatchObject({ serves: 'An API without a title', operations: [] })
})
