import { gzipSync } from 'node:zlib'
import { description } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { exchangeAt } from '../catalogue/judgements.ts'
import type { Exchange } from '../exchange.ts'
import type { RequestPlan } from '../request-plan.ts'
import { formatResponse, startRawServer } from '../testing/raw-server.ts'
import { context } from '../testing/respond.ts'
import { encodeRequest, type Target } from './encode-request.ts'
import { sendRequests } from './send-request.ts'

const token = 'a-secret-token'
const json = { 'Content-Type': 'application/json', 'Content-Length': '2' }

const target = (url: string): Target => ({
  url: new URL(url),
  description,
  operation: context.operation,
  hasToken: true,
  userAgent: 'test',
  requiredFields: {},
})

async function send(url: string, plan: Partial<RequestPlan> = {}, timeoutMs = 2_000): Promise<Exchange> {
  const request = encodeRequest({ seconds: 0, ...plan }, target(url))
  const next = plan.delivery?.followedBy
  const requests = next ? [request, encodeRequest(next, target(url))] : [request]
  const exchanges = await sendRequests(requests, { token, timeoutMs })
  return exchangeAt(exchanges, exchanges.length - 1)
}

test('reads a response with its headers, interim responses and body', async () => {
  await using server = await startRawServer((socket) =>
    socket.write(`HTTP/1.1 100 Continue\r\n\r\n${formatResponse('422 Unprocessable Content', json, '{}')}`),
  )
  const { response: got, failure } = await send(server.url)
  expect(failure).toBeUndefined()
  expect(got).toMatchObject({ status: 422, reason: 'Unprocessable Content', interim: [100], faults: [] })
  expect(got?.headers).toContainEqual(['Content-Type', 'application/json'])
  expect(got?.body.toString()).toBe('{}')
})

test('sends the token and redacts it in the response', async () => {
  await using server = await startRawServer((socket, head) => {
    const [, echo = ''] = /Authorization: Bearer (\S+)/.exec(head) ?? []
    socket.end(formatResponse('401 Unauthorized', { 'X-Echo': echo, Connection: 'close' }, `{"detail":"${echo}"}`))
  })
  const exchange = await send(server.url)
  expect(exchange.response?.body.toString()).toBe('{"detail":"{token}"}')
  expect(exchange.response?.headers).toContainEqual(['X-Echo', '{token}'])
  expect(JSON.stringify(exchange)).not.toContain(token)
})

test('decodes a chunked and gzipped body', async () => {
  const packed = gzipSync('{"text":"hello"}')
  await using server = await startRawServer((socket) => {
    socket.write(formatResponse('200 OK', { 'Transfer-Encoding': 'chunked', 'Content-Encoding': 'gzip' }))
    for (const byte of packed) socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]))
    socket.write('0\r\nX-Trailer: 1\r\n\r\n')
  })
  const exchange = await send(server.url)
  expect([exchange.response?.body.toString(), exchange.response?.faults]).toEqual(['{"text":"hello"}', []])
})

test.each<[title: string, wire: string, fault: string]>([
  [
    'a body that is cut',
    formatResponse('200 OK', { 'Content-Length': '9' }, '{}'),
    'a body shorter than its Content-Length',
  ],
  [
    'two lengths',
    formatResponse('200 OK', { 'Content-Length': '2, 3' }, '{}'),
    'several Content-Length headers that differ',
  ],
  [
    'a length beside a coding',
    formatResponse('200 OK', { 'Content-Length': '2', 'Transfer-Encoding': 'chunked' }, '2\r\n{}\r\n0\r\n\r\n'),
    'both Content-Length and Transfer-Encoding',
  ],
  [
    'no last chunk',
    formatResponse('200 OK', { 'Transfer-Encoding': 'chunked' }, '2\r\n{}\r\n'),
    'a chunked body without its last chunk',
  ],
  [
    'a chunk that lies',
    formatResponse('200 OK', { 'Transfer-Encoding': 'chunked' }, '1\r\n{}\r\n'),
    'a chunk that is shorter or longer than its size',
  ],
  [
    'more than the message',
    formatResponse('200 OK', { 'Content-Length': '2', Connection: 'close' }, '{}{}'),
    'bytes after the end of the message',
  ],
  [
    'bytes that are not gzip',
    formatResponse('200 OK', { 'Content-Encoding': 'gzip', 'Content-Length': '2' }, '{}'),
    'a body that is not gzip',
  ],
])('%s is told as a fault of the message', async (_, wire, fault) => {
  await using server = await startRawServer((socket) => socket.end(wire))
  expect((await send(server.url)).response?.faults).toEqual([fault])
})

test('reports a body after HEAD', async () => {
  await using server = await startRawServer((socket) =>
    socket.end(formatResponse('405 Method Not Allowed', json, '{}')),
  )
  expect((await send(server.url, { method: 'HEAD' })).response?.faults).toEqual(['a body after HEAD'])
})

test.each<[title: string, wire: Buffer | string | undefined, code: string, message: RegExp]>([
  ['no bytes', '', 'dropped', /^the connection was closed without a response$/],
  ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n', 'malformed', /^the response is not HTTP/],
  ['half a header section', 'HTTP/1.1 200 OK\r\nContent-', 'malformed', /within the header section$/],
  [
    'a flood of headers',
    `HTTP/1.1 200 OK\r\n${'X-Flood: 0123456789\r\n'.repeat(10_000)}\r\n`,
    'too-large',
    /larger than 64 KiB$/,
  ],
  ['a flood of interim responses', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100), 'too-large', /^more than 16 interim/],
  ['a gzip bomb', gzipBomb(), 'too-large', /^the body is larger than 8 MiB$/],
  ['silence', undefined, 'timeout', /^no complete response in 0.5 s$/],
])('%s is a failure, in bounded time and memory', async (_, wire, code, message) => {
  await using server = await startRawServer((socket) => {
    if (wire !== undefined) socket.end(wire)
  })
  const { failure } = await send(server.url, {}, wire === undefined ? 500 : 5_000)
  expect(failure).toEqual({ code, message: expect.stringMatching(message) as string })
})

test('cuts an endless response at the limit and closes the connection', async () => {
  let sent = 0
  await using server = await startRawServer((socket) => {
    socket.write(formatResponse('200 OK', { 'Content-Length': String(2 ** 30) }))
    const more = () => {
      while (!socket.destroyed && socket.write(Buffer.alloc(1 << 16))) sent += 1 << 16
      sent += 1 << 16
    }
    socket.on('drain', more)
    more()
  })
  const { failure, response: got } = await send(server.url, {}, 10_000)
  expect(failure?.code).toBe('too-large')
  expect(got?.body.length).toBeLessThanOrEqual(8 * 1024 * 1024)
  expect(sent).toBeLessThan(32 * 1024 * 1024)
})

test('reports a refused connection if no server listens', async () => {
  const { failure } = await send('http://127.0.0.1:9')
  expect(failure).toEqual({ code: 'refused', message: 'ECONNREFUSED' })
})

test('reports a TLS failure if a server speaks plain HTTP', async () => {
  await using server = await startRawServer(() => {})
  await using talker = await startRawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  expect(server.url).not.toBe(talker.url)
  const { failure } = await send(talker.url.replace('http:', 'https:'), {}, 1_000)
  expect(failure?.code).toMatch(/^(tls|refused)$/)
})

const audio = { name: 'audio', value: 'RIFF', filename: 'a.wav', type: 'audio/wav' }

/** Returns the bytes that a server has received after a pause. */
async function received(plan: Partial<RequestPlan>): Promise<string> {
  let all = ''
  await using server = await startRawServer((socket, head) => {
    all = head
    socket.on('data', (chunk) => (all += chunk.toString('latin1')))
    setTimeout(() => socket.end(formatResponse('200 OK', json, '{}')), 400)
  })
  await send(server.url, plan)
  return all.replaceAll('\r\n', '\n')
}

test('sends a multipart body byte for byte', async () => {
  const wire = await received({
    body: {
      parts: [audio, { name: 'model_id', value: '' }],
      boundary: 'B',
      preamble: 'hello',
      epilogue: 'bye',
      padding: ' ',
    },
  })
  expect(wire.split('\n\n').slice(1).join('\n\n')).toBe(
    'hello\n--B \nContent-Disposition: form-data; name="audio"; filename="a.wav"\nContent-Type: audio/wav\n\nRIFF\n--B \nContent-Disposition: form-data; name="model_id"\n\n\n--B-- \nbye',
  )
  expect(wire).toContain('Content-Type: multipart/form-data; boundary=B\n')
})

test('replaces, omits and repeats headers', async () => {
  const wire = await received({
    method: 'GET',
    headers: { accept: null, authorization: ['Bearer {token}', 'Basic x'] },
  })
  expect(wire.match(/^authorization: .+$/gm)).toEqual([`authorization: Bearer ${token}`, 'authorization: Basic x'])
  expect(wire).not.toContain('Accept:')
})

test('splits a chunked body at the planned sizes', async () => {
  const wire = await received({ body: { bytes: Buffer.from('abcdef') }, delivery: { chunks: [1, 2] } })
  expect(wire).toContain('Transfer-Encoding: chunked\n')
  expect(wire).not.toContain('Content-Length')
  expect(wire.split('\n\n').slice(1).join('\n\n')).toBe('1\na\n2\nbc\n2\nde\n1\nf\n0\n\n')
})

test('sends no body after a final response to Expect: 100-continue', async () => {
  let all = ''
  await using server = await startRawServer((socket, head) => {
    all = head
    socket.on('data', (chunk) => (all += chunk.toString('latin1')))
    socket.write(formatResponse('401 Unauthorized', json, '{}'))
  })
  const exchange = await send(server.url, {
    headers: { Expect: '100-continue' },
    body: { bytes: Buffer.from('the body') },
    delivery: { expectMs: 1_000 },
  })
  expect(exchange.response?.status).toBe(401)
  expect(all).not.toContain('the body')
})

test('sends a following request on the same connection', async () => {
  let connections = 0
  await using server = await startRawServer((socket) => {
    connections++
    socket.write(formatResponse('401 Unauthorized', json, '{}'))
    socket.on('data', () => socket.write(formatResponse('200 OK', json, '{}')))
  })
  const exchange = await send(server.url, { delivery: { followedBy: { method: 'GET', seconds: 0 } } })
  expect([exchange.response?.status, exchange.request.method, connections]).toEqual([200, 'GET', 1])
})

test('gives the same request the same id on every port, and another request another id', async () => {
  const id = (url: string, plan: Partial<RequestPlan> = {}) => encodeRequest({ seconds: 0, ...plan }, target(url)).id
  expect(id('http://127.0.0.1:1')).toBe(id('http://127.0.0.1:2'))
  expect(id('http://127.0.0.1:1', { copy: 1 })).not.toBe(id('http://127.0.0.1:1'))
  expect(id('http://127.0.0.1:1', { headers: { 'X-A': '1' } })).not.toBe(id('http://127.0.0.1:1'))
})

test('adds the fields that a gateway requires, unless the request tests them', () => {
  const needing = { ...target('http://127.0.0.1:1'), requiredFields: { model_id: 'whisper' } }
  const fieldsOf = (plan: Partial<RequestPlan>) =>
    encodeRequest({ seconds: 1, body: { parts: [audio] }, ...plan }, needing).facts.fields
  expect(fieldsOf({})).toEqual({ model_id: 'whisper' })
  expect(fieldsOf({ asIs: true })).toEqual({})
  expect(fieldsOf({ body: { parts: [audio, { name: 'model_id', value: '' }] } })).toEqual({ model_id: '' })
})

function gzipBomb(): Buffer {
  const body = gzipSync(Buffer.alloc(64 * 1024 * 1024))
  const head = formatResponse('200 OK', { 'Content-Encoding': 'gzip', 'Content-Length': String(body.length) })
  return Buffer.concat([Buffer.from(head), body])
}

test.each<[title: string, wire: string, plan: Partial<RequestPlan>]>([
  ['the response announces the end', formatResponse('401 Unauthorized', { ...json, Connection: 'close' }, '{}'), {}],
  ['the upload was aborted', '', { body: { bytes: Buffer.alloc(10) }, delivery: { abortAfter: 5 } }],
])('a request that follows opens a connection of its own when %s', async (_, wire, plan) => {
  let connections = 0
  await using server = await startRawServer((socket) => {
    connections++
    socket.write(connections === 1 ? wire : formatResponse('200 OK', json, '{}'))
  })
  const delivery = { ...plan.delivery, followedBy: { method: 'GET', seconds: 0 } }
  const exchange = await send(server.url, { ...plan, delivery })
  expect([exchange.response?.status, connections]).toEqual([200, 2])
})
