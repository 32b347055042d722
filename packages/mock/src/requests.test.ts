import { request } from 'node:http'
import type { OpenAPI } from '@livepeer-ai/openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock, type Mock } from './index.ts'

const ok = (example: unknown = {}) => ({
  responses: { 200: { description: 'Done.', content: { 'application/json': { example } } } },
})
const json = (required: boolean) => ({
  requestBody: { required, content: { 'application/json': { schema: { type: 'object' } } } },
})

const description: OpenAPI = {
  openapi: '3.0.3',
  info: { title: 'Requests', version: '1' },
  paths: {
    '/slash/': { get: ok() },
    '/lit space': { get: ok() },
    '/x/{a}': { get: ok() },
    '/{b}/y': { post: ok() },
    '/optional': { post: { ...ok(), ...json(false) } },
    '/required': { post: { ...ok(), ...json(true) } },
    '/search': {
      get: {
        ...ok(),
        requestBody: { content: { 'application/json': { schema: { type: 'object', required: ['q'] } } } },
      },
    },
    '/patch': {
      patch: {
        ...ok(),
        requestBody: {
          required: true,
          content: {
            'application/json-patch+json': { schema: { type: 'array' } },
            'application/merge-patch+json': { schema: { type: 'object' } },
          },
        },
      },
    },
    '/form': {
      post: {
        ...ok(),
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'object', required: ['a'] } } } },
      },
    },
    '/secured': { get: { ...ok(), security: [{ nowhere: [] }] } },
    '/upgrade': { get: { responses: { 101: { description: 'Switched.' } } } },
  },
}

let mock: Mock
beforeAll(async () => {
  mock = await startMock({ port: 0, description })
})
afterAll(() => mock.close())

/** Sends a request, also a GET with a body, and returns the status of the response. */
function send(method: string, path: string, body?: string, type?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { ...(type && { 'content-type': type }), 'content-length': Buffer.byteLength(body ?? '') }
    const sent = request(mock.url + path, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject).end(body)
  })
}

const type = 'application/json'

test.each<[method: string, path: string, body: string | undefined, type: string | undefined, status: number]>([
  ['GET', '/slash/', undefined, undefined, 200],
  ['GET', '/slash', undefined, undefined, 200],
  ['GET', '/lit%20space', undefined, undefined, 200],
  ['POST', '/x/y', undefined, undefined, 200],
  ['GET', '/x/y', undefined, undefined, 200],
  ['PUT', '/x/y', undefined, undefined, 405],
  ['POST', '/optional', '', type, 200],
  ['POST', '/optional', undefined, undefined, 200],
  ['POST', '/optional', '[]', type, 422],
  ['POST', '/required', '', type, 422],
  ['GET', '/search', '{"q":1}', type, 200],
  ['GET', '/search', '{}', type, 422],
  ['GET', '/slash/', '{}', type, 415],
  ['POST', '/x/y', 'a=1', 'application/x-www-form-urlencoded', 415],
  ['PATCH', '/patch', '[]', 'application/json-patch+json', 200],
  ['PATCH', '/patch', '{}', 'application/merge-patch+json', 200],
  ['PATCH', '/patch', '[]', 'application/merge-patch+json', 422],
  ['POST', '/form', '', 'multipart/form-data; boundary=b', 200],
  [
    'POST',
    '/form',
    '--b\r\nContent-Disposition: form-data; name="b"\r\n\r\n\r\n--b--',
    'multipart/form-data; boundary=b',
    422,
  ],
  ['GET', '/secured', undefined, undefined, 200],
  ['GET', '/upgrade', undefined, undefined, 426],
])('%s %s with the body %j of type %s: %i', async (method, path, body, mediaType, status) => {
  expect(await send(method, path, body, mediaType)).toBe(status)
})

/** A part as Specmatic 2.55 writes it: names without quotes, and a file without a name. */
const specmaticPart = (name: string, mediaType: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; name=${name}\r\nContent-Type: ${mediaType}\r\nContent-Length: ${content.length}\r\n\r\n${content}\r\n`

// Specmatic varies which of the optional fields there are.
test.each([[], ['model_id'], ['return_timestamps', 'metadata'], ['model_id', 'return_timestamps', 'metadata']])(
  'accepts a form as Specmatic writes it, with the fields %j',
  async (...fields) => {
    await using contract = await startMock({ port: 0 })
    const parts = [
      specmaticPart('audio', 'application/octet-stream', 'RQQYMCVKDXGMTHSDWRBJ'),
      ...fields.map((name) => specmaticPart(name, 'text/plain', 'XDNOA')),
    ]
    const response = await fetch(`${contract.url}/audio-to-text`, {
      method: 'POST',
      headers: { authorization: 'Bearer AIGCC', 'content-type': 'multipart/form-data; boundary=b' },
      body: `${parts.join('')}--b--\r\n`,
    })
    expect(response.status).toBe(200)
  },
)
