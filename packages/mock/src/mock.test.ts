import { createHash } from 'node:crypto'
import { description } from '@livepeer-ai/openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock, type Mock } from './index.ts'

const headers = { authorization: 'Bearer x' }
let mock: Mock
beforeAll(async () => {
  mock = await startMock({ port: 0, maxBytes: 10_000_000 })
})
afterAll(() => mock.close())

function post(
  fields: Record<string, string> = {},
  more: Record<string, string> = {},
  bytes = new Uint8Array(4),
): Promise<Response> {
  const body = new FormData()
  body.append('audio', new File([bytes], 'clip.wav', { type: 'audio/wav' }))
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return fetch(`${mock.url}/audio-to-text`, { method: 'POST', headers: { ...headers, ...more }, body })
}

const examples = description.components!['examples'] as Record<string, { value: unknown }>

test.each([
  ['no field', {}, '200-sentence'],
  ['sentence', { return_timestamps: 'sentence' }, '200-sentence'],
  ['true, which equals sentence', { return_timestamps: 'true' }, '200-sentence'],
  ['word', { return_timestamps: 'word' }, '200-word'],
  ['false', { return_timestamps: 'false' }, '200-false'],
])('chooses an example by the value of a field: %s', async (_, fields, example) => {
  const response = await post(fields)
  expect([response.status, await response.json()]).toEqual([200, examples[example]!.value])
})

test.each([
  ['code=500', 500, '500-pipeline'],
  ['code=413', 413, '413-size'],
  ['example=word', 200, '200-word'],
  ['code="200", example="false"', 200, '200-false'],
])('follows and confirms Prefer: %s', async (prefer, status, example) => {
  const response = await post({}, { prefer })
  expect([response.status, await response.json()]).toEqual([status, examples[example]!.value])
  expect(response.headers.get('preference-applied')).toBe(prefer.replaceAll('"', ''))
})

test.each([
  ['code=503', 'Requested status code 503 is not defined in the document.'],
  ['example=nope', 'Response for contentType: application/json and exampleKey: nope does not exist.'],
])('answers Prefer: %s with problem details if the description does not have it', async (prefer, detail) => {
  const response = await post({}, { prefer })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect([response.status, await response.json()]).toEqual([
    404,
    { type: 'about:blank', title: 'Not Found', status: 404, detail },
  ])
  expect(response.headers.has('preference-applied')).toBe(false)
})

test('Prefer: dynamic=true with a seed repeats its response, which fits the schema', async () => {
  const [first, second] = await Promise.all(
    ['a', 'a'].map(async (seed) => (await post({}, { prefer: `dynamic=true, seed=${seed}` })).json()),
  )
  expect(first).toEqual(second)
  expect(first).toMatchObject({ text: expect.any(String), chunks: expect.any(Array) })
})

test('an error of authorization wins over a preference', async () => {
  expect((await post({}, { authorization: '', prefer: 'code=500' })).status).toBe(401)
})

test('the Accept header of one call does not affect the next', async () => {
  expect((await post({}, { accept: 'text/plain' })).status).toBe(406)
  expect((await post({}, { accept: '*/*' })).status).toBe(200)
})

test.each(['application/json;q=x', ',;,', 'text', 'text/html;q=2, */*;q=0.1'])(
  'survives Accept: %s',
  async (accept) => {
    expect((await post({}, { accept })).status).toBeLessThan(500)
  },
)

const raw = (type: string, body: string, path = '/audio-to-text') =>
  fetch(`${mock.url}${path}`, { method: 'POST', headers: { ...headers, 'content-type': type }, body })
const form = 'multipart/form-data; boundary=b'
const part = '--b\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\nRIFF'

test.each([
  ['a file part without a Content-Type, as Python sends it', form, `${part}\r\n--b--\r\n`, 200],
  ['multipart that ends in the middle of a part', form, part, 400],
  ['multipart without a boundary', 'multipart/form-data', part, 400],
  ['malformed JSON for an operation without JSON', 'application/json', '{"audio":', 415],
  ['a bare recording', 'audio/wav', 'RIFF', 415],
])('answers %s, which crashes, blocks or confuses Prism', async (_, type, body, status) => {
  expect((await raw(type, body)).status).toBe(status)
})

test('answers a success with the body of exampleFor, and an error as documented', async () => {
  await using own = await startMock({
    port: 0,
    exampleFor: ({ files }) => (files[0]?.filename === 'own.wav' ? { text: 'Own words.', chunks: [] } : undefined),
  })
  const send = async (filename: string, prefer = '') => {
    const body = new FormData()
    body.set('audio', new File(['x'], filename))
    const response = await fetch(`${own.url}/audio-to-text`, {
      method: 'POST',
      headers: { ...headers, ...(prefer && { prefer }) },
      body,
    })
    return [response.status, ((await response.json()) as { text?: string }).text]
  }
  expect(await send('own.wav')).toEqual([200, 'Own words.'])
  expect(await send('other.wav')).toEqual([200, expect.not.stringContaining('Own')])
  expect(await send('own.wav', 'code=500')).toEqual([500, undefined])
})

test('accepts a trailing slash and the base path of a server', async () => {
  const paths = ['/audio-to-text/', '/api/beta/generate/audio-to-text']
  const answers = await Promise.all(paths.map((path) => raw(form, `${part}\r\n--b--\r\n`, path)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
})

test('receives 9 MB byte for byte', async () => {
  const bytes = new Uint8Array(9_000_000).map((_, index) => index * 7)
  expect((await post({}, {}, bytes)).status).toBe(200)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(mock.calls.at(-1)).toMatchObject({
    files: [{ name: 'audio', filename: 'clip.wav', mediaType: 'audio/wav', size: 9_000_000, sha256 }],
    status: 200,
  })
})

test.each([20, 100])('sends a 413 that the client sees for %i MB over the limit', async (megabytes) => {
  const response = await post({}, {}, new Uint8Array(megabytes * 1_000_000))
  expect([response.status, await response.json()]).toEqual([
    413,
    { detail: { msg: expect.stringContaining('10000000 bytes') } },
  ])
})

test('accepts only the token of the options', async () => {
  await using strict = await startMock({ port: 0, token: 'good' })
  const status = async (authorization: string) =>
    (await fetch(`${strict.url}/audio-to-text`, { method: 'POST', headers: { authorization } })).status
  expect([await status('Bearer bad'), await status('bearer good')]).toEqual([401, 422])
})
