import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { lint } from '../../../../tools/spec/lint.ts'
import { startMock, type Fault, type Mock } from '../index.ts'
import { controlDescription } from './control-description.ts'

let mock: Mock
beforeAll(async () => {
  mock = await startMock({ port: 0 })
})
afterAll(() => mock.close())
beforeEach(() => mock.reset())

function post(fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> {
  const body = new FormData()
  body.append('audio', new File(['RIFF'], fields['filename'] ?? 'clip.wav'))
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return fetch(`${mock.url}/audio-to-text`, {
    method: 'POST',
    headers: { authorization: 'Bearer a-secret', ...headers },
    body,
  })
}

test('sends a scripted response once, then the documented one', async () => {
  mock.respond({ body: { text: 'scripted', chunks: [] } })
  expect(await (await post()).json()).toEqual({ text: 'scripted', chunks: [] })
  expect(await (await post()).json()).toMatchObject({ text: expect.stringContaining('young man') })
})

test('sends a scripted response to matching calls', async () => {
  mock.respond(
    { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' },
    { match: { fields: { model_id: 'busy' } }, times: 2 },
  )
  const statuses = []
  for (const model of ['busy', 'free', 'busy', 'busy']) statuses.push((await post({ model_id: model })).status)
  expect(statuses).toEqual([429, 200, 429, 200])
})

test('a status fault changes the status and sets Retry-After', async () => {
  mock.fault({ type: 'status', status: 503, retryAfter: 1 })
  const response = await post()
  expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
    503,
    '1',
    { detail: { msg: 'Service Unavailable, a fault of the mock server.' } },
  ])
  mock.fault({ type: 'status', status: 204 })
  expect((await post()).status).toBe(204)
})

test.each<[Fault, string]>([
  [{ type: 'reset' }, 'fetch failed'],
  [{ type: 'truncate' }, 'terminated'],
  [{ type: 'malformed-json' }, 'JSON'],
  [{ type: 'empty' }, 'JSON'],
])('%j breaks the response', async (fault, message) => {
  mock.fault(fault)
  await expect(post().then((response) => response.json())).rejects.toThrow(message)
  expect((await post()).status).toBe(200)
})

test('a truncated response announces its whole body and sends half of it', async () => {
  mock.fault({ type: 'truncate' })
  const { announced, received } = await new Promise<{ announced: number; received: number }>((resolve) => {
    const outgoing = request(
      `${mock.url}/audio-to-text`,
      { method: 'POST', headers: { authorization: 'Bearer x', 'content-type': 'multipart/form-data; boundary=b' } },
      (response) => {
        let size = 0
        response
          .on('data', (chunk: Buffer) => (size += chunk.length))
          .on('error', () => resolve({ announced: Number(response.headers['content-length']), received: size }))
      },
    )
    outgoing.end('--b\r\nContent-Disposition: form-data; name="audio"; filename="a"\r\n\r\nx\r\n--b--\r\n')
  })
  expect(received).toBe(Math.floor(announced / 2))
})

test.each<[Fault, number]>([
  [{ type: 'latency', ms: 120, jitterMs: 10 }, 110],
  [{ type: 'slow', bytesPerSecond: 2000 }, 110],
])('%j delays a complete response', async (fault, atLeast) => {
  mock.fault(fault)
  const begin = performance.now()
  expect(await (await post()).json()).toMatchObject({ chunks: expect.any(Array) })
  expect(performance.now() - begin).toBeGreaterThan(atLeast)
})

test('a content-type fault changes the content type', async () => {
  mock.fault({ type: 'content-type', value: 'text/html' })
  expect((await post()).headers.get('content-type')).toBe('text/html')
})

test('keeps the faults of the options after a reset', async () => {
  await using slow = await startMock({ port: 0, faults: [{ type: 'content-type', value: 'text/plain' }] })
  slow.reset()
  for (let round = 0; round < 2; round++) {
    const response = await fetch(`${slow.url}/audio-to-text`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\nContent-Disposition: form-data; name="audio"; filename="a"\r\n\r\nx\r\n--b--\r\n',
    })
    expect(response.headers.get('content-type')).toBe('text/plain')
  }
})

test('lists every call, including refused ones, without secrets', async () => {
  await post({ return_timestamps: 'word' }, { 'x-api-key': 'a-secret', 'x-auth-token': 'a-secret' })
  await fetch(`${mock.url}/audio-to-text`)
  await fetch(`${mock.url}/nowhere`)
  mock.fault({ type: 'reset' })
  await post().catch(() => {})
  expect(mock.calls).toMatchObject([
    {
      operationId: 'genAudioToText',
      status: 200,
      fields: { return_timestamps: 'word' },
      files: [{ filename: 'clip.wav', size: 4 }],
    },
    { method: 'GET', path: '/audio-to-text', status: 405 },
    { path: '/nowhere', status: 404 },
    { status: 0 },
  ])
  expect(mock.calls[0]?.headers).toMatchObject({
    authorization: 'Bearer ***',
    'x-api-key': '***',
    'x-auth-token': '***',
  })
  expect(JSON.stringify(mock.calls)).not.toContain('a-secret')
})

test('waitForCall() returns a past or future call, or throws', async () => {
  const waited = mock.waitForCall({ fields: { model_id: 'm' } })
  await post()
  await post({ model_id: 'm' })
  expect(await waited).toMatchObject({ fields: { model_id: 'm' } })
  expect(await mock.waitForCall({ status: 200 })).toBe(mock.calls[0])
  await expect(mock.waitForCall({ path: '/x' }, 10)).rejects.toThrow(
    'No call that matches {"path":"/x"} within 10 ms; there were 2 others',
  )
})

const control = (path: string, body?: unknown) =>
  fetch(
    `${mock.url}/__mock/${path}`,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  )

test('sets responses and faults, lists calls and resets over HTTP', async () => {
  expect(
    (
      await control('responses', {
        status: 418,
        body: { short: 'and stout' },
        match: { fields: { model_id: 'teapot' } },
      })
    ).status,
  ).toBe(204)
  expect((await control('faults', { type: 'content-type', value: 'text/plain', times: 2 })).status).toBe(204)
  const teapot = await post({ model_id: 'teapot' })
  expect([teapot.status, teapot.headers.get('content-type'), await teapot.json()]).toEqual([
    418,
    'text/plain',
    { short: 'and stout' },
  ])
  expect(await (await control('calls')).json()).toMatchObject([{ status: 418 }])
  expect((await fetch(`${mock.url}/__mock/reset`, { method: 'POST' })).status).toBe(204)
  expect([(await post()).headers.get('content-type'), mock.calls.length]).toEqual(['application/json', 1])
})

test.each([
  ['faults', { type: 'explode' }, 'body: value of tag "type" must be in oneOf'],
  ['faults', { type: 'latency' }, "body: must have required property 'ms'"],
  ['responses', { status: 99 }, 'body.status: must be >= 200'],
  ['responses', { stat: 1 }, 'body: must NOT have additional properties'],
  ['responses', { headers: { 'x y': '1' } }, 'body: '],
  ['responses', { headers: { x: 'a\nb' } }, 'body: '],
  ['responses', { headers: { 'Content-Length': '1' } }, "body: The header 'Content-Length' follows from the body"],
  ['faults', { type: 'content-type', value: 'a\nb' }, 'body: '],
  ['faults', { type: 'latency', ms: 2 ** 31 }, 'body.ms: must be <= 1073741824'],
  ['faults', { type: 'slow', bytesPerSecond: 1e-9 }, 'body.bytesPerSecond: must be >= 0.01'],
])('refuses POST /__mock/%s %j with the location', async (path, body, detail) => {
  const response = await control(path, body)
  expect([response.status, await response.json()]).toEqual([
    422,
    expect.objectContaining({ detail: expect.stringContaining(detail) }),
  ])
})

/** Returns the status of `GET /__mock/calls` with these headers. */
function askControl(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/__mock/calls`, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject).end()
  })
}

test('serves the control API only to this machine, unless the options open it', async () => {
  const evil = { origin: 'https://evil.example' }
  const asked = [{ host: 'evil.example' }, evil, { host: 'localhost', origin: 'http://localhost:3000' }]
  expect(await Promise.all(asked.map((headers) => askControl(mock.url, headers)))).toEqual([403, 403, 200])
  await using open = await startMock({ port: 0, host: '0.0.0.0', cors: ['https://good.example'] })
  const { port } = new URL(open.url)
  const more = [{ host: 'mock' }, evil, { host: 'mock', origin: 'https://good.example' }]
  const statuses = await Promise.all(more.map((headers) => askControl(`http://127.0.0.1:${port}`, headers)))
  expect(statuses).toEqual([200, 403, 200])
})

test('serves a valid OpenAPI description of the control API', async () => {
  expect(await (await control('openapi.json')).json()).toEqual(JSON.parse(JSON.stringify(controlDescription)))
  const folder = await mkdtemp(join(tmpdir(), 'control-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(controlDescription))
  await lint(join(folder, 'openapi.json'))
})
