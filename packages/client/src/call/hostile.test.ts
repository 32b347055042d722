import type { Socket } from 'node:net'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createClient, GatewayError } from '../index.ts'
import { testGateway, type Behaviour } from '../testing/test-gateway.ts'

const token = 'secret/token+12345678'
const limit = 200_000

/** Writes a response to the socket, whatever HTTP thinks of it. */
const raw =
  (head: string, ...pieces: (string | Uint8Array)[]): Behaviour =>
  async ({ body, request: { socket } }) => {
    await body()
    socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n`, 'latin1')
    for (const piece of pieces) socket.write(piece)
    socket.end()
  }

const respond = (status: number | string, body: string | Uint8Array, headers = '', type = 'application/json') =>
  raw(
    `HTTP/1.1 ${status} Words\nContent-Type: ${type}\nContent-Length: ${body.length}${headers}\nConnection: close`,
    body,
  )

/** Writes a piece for ever. */
const endless =
  (status: number, piece: string, headers = ''): Behaviour =>
  async ({ body, request: { socket } }) => {
    await body()
    socket.write(`HTTP/1.1 ${status} Words\r\nContent-Type: application/json${headers}\r\nConnection: close\r\n\r\n`)
    writeOn(socket, piece)
  }

function writeOn(socket: Socket, piece: string): void {
  if (!socket.destroyed) socket.write(piece, () => setImmediate(writeOn, socket, piece))
}

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const gzip = '\nContent-Encoding: gzip'
const bomb = gzipSync(Buffer.alloc(50_000_000, 'a'))
const encode = (text: string) => new TextEncoder().encode(text)
const inUtf16 = new Uint8Array(Buffer.from(`\uFEFF{"text":"","chunks":[]}`, 'utf16le'))

const answers: Record<string, Behaviour> = {
  'an oversized transcript': respond(200, JSON.stringify({ text: 'a'.repeat(limit), chunks: [] })),
  'an endless transcript': endless(200, ' '.repeat(10_000)),
  'an endless error': endless(400, 'x'.repeat(100_000)),
  'an endless string': endless(200, `"${'x'.repeat(10_000)}`),
  'a gzip bomb': respond(200, bomb, gzip),
  'a gzip bomb as an error': respond(500, bomb, gzip),
  'text as gzip': respond(200, 'no gzip', gzip),
  'gzip that is cut': respond(200, bomb.subarray(0, 1000), gzip),
  'an unknown coding': respond(200, '{}', '\nContent-Encoding: sauce'),
  'a deep array': respond(200, deep(50_000)),
  'a deep error': respond(400, deep(50_000)),
  'a deep detail': respond(422, `{"detail":${deep(50_000)}}`),
  'many chunks of the wrong type': respond(200, `{"text":"","chunks":[${'1,'.repeat(10_000)}1]}`),
  'a transcript in UTF-16': respond(200, inUtf16),
  'invalid UTF-8': respond(200, new Uint8Array([0x22, 0xff, 0xfe, 0x80, 0x22])),
  NUL: respond(200, '\0\0\0\0'),
  'JSON with a trailing word': respond(200, '{"text":"","chunks":[]} x'),
  'two values': respond(200, '{"text":"","chunks":[]}{"text":"","chunks":[]}'),
  NaN: respond(200, 'NaN'),
  'a string': respond(200, '"Hello."'),
  'an array': respond(200, '[]'),
  'a polluted prototype': respond(200, '{"__proto__":{"text":"","chunks":[]}}'),
  'no content type, no JSON': raw('HTTP/1.1 200 OK\nContent-Length: 1\nConnection: close', 'x'),
  'a web page': respond(200, '<html>', '', 'text/html'),
  'an empty 200': respond(200, ''),
  '204': raw('HTTP/1.1 204 None\nConnection: close'),
  'a body shorter than announced': raw('HTTP/1.1 200 OK\nContent-Length: 100\nConnection: close', '{"text":'),
  'broken chunks': raw('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nConnection: close', 'zz\r\n'),
  'two lengths': raw('HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\nConnection: close', '{}'),
  'a negative length': raw('HTTP/1.1 200 OK\nContent-Length: -1\nConnection: close', '{}'),
  'a large header': respond(200, '{}', `\nX-Large: ${'x'.repeat(100_000)}`),
  'no HTTP': raw('220 mail.example ESMTP'),
  'nothing at all': ({ request }) => request.socket.end(),
  'status 999': respond(999, '{}'),
  'status 600': respond(600, '{}'),
  'status 299': respond(299, '{}'),
  'status 101': raw('HTTP/1.1 101 Switching Protocols\nConnection: upgrade\nUpgrade: x'),
  'a redirect': respond(307, '', '\nLocation: http://127.0.0.1:1/'),
  'a redirect to itself': respond(308, '', '\nLocation: /audio-to-text'),
  'a redirect to a file': respond(302, '', '\nLocation: file:///etc/passwd'),
  'the token in plain text': respond(401, `no ${token}`, '', 'text/plain'),
  'the token in JSON': respond(401, JSON.stringify({ detail: { msg: token } })),
  'the token in escaped JSON': respond(401, String.raw`{"detail":"secret\/token\u002B12345678"}`),
  'the token in a URL': respond(403, `{"detail":"/?t=${encodeURIComponent(token)}"}`),
  'the token in Base64': respond(403, JSON.stringify({ detail: btoa(token) })),
  'the token in HTML': respond(401, '<title>secret&#47;token&#43;12345678</title>', '', 'text/html'),
  'the token in the reason phrase': raw(`HTTP/1.1 401 ${token}\nContent-Length: 0\nConnection: close`),
  'the token in a header': respond(401, '{}', `\nWWW-Authenticate: Bearer error="${token}"`),
  'the token as the name of a member': respond(422, JSON.stringify({ detail: [{ loc: [token], msg: token }] })),
  'a message of many lines and escapes': respond(400, JSON.stringify({ detail: 'a\n\r\u{1b}[2J\nb' })),
}

test.each(Object.entries(answers))('%s is a GatewayError of one line without the token', async (_, behaviour) => {
  const { baseUrl } = await testGateway(behaviour)
  const client = createClient({ baseUrl, token, retries: 0, timeoutMs: 20_000, maxResponseBytes: limit })
  const before = process.memoryUsage().rss
  const error: unknown = await client.audioToText({ audio: encode('ID3') }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(GatewayError)
  expect((error as Error).name).not.toBe('TimeoutError')
  expect((error as Error).message).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+\/audio-to-text .+$/)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/secret.{1,6}token|c2VjcmV0L3Rva2Vu/)
  expect(process.memoryUsage().rss - before).toBeLessThan(150e6)
})
