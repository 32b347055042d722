import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { description } from '@livepeer-ai/openapi'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createServer, HttpError, type Call, type Listening } from './index.ts'

const maxBytes = 100_000
const headers = { authorization: 'Bearer good' }
const audio = new File([new Uint8Array([0, 13, 10, 255])], 'clip.wav', { type: 'audio/wav' })

let handle: (call: Call<string>) => Response | Promise<Response>
let reported: unknown[]
let server: Listening
beforeAll(async () => {
  server = await createServer<string>({
    description,
    tokens: ['good'],
    maxBytes,
    async receiveFile(_, bytes) {
      const hash = createHash('sha256')
      for await (const chunk of bytes) hash.update(chunk)
      return hash.digest('hex')
    },
    handle: (call) => handle(call),
    onError: (error) => reported.push(error),
  }).listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close(0))
beforeEach(() => {
  reported = []
  handle = ({ fields, files }) => Response.json({ fields, files })
})

function post(parts: Record<string, string | File>, init: RequestInit = {}): Promise<Response> {
  const body = new FormData()
  for (const [name, part] of Object.entries(parts)) body.append(name, part)
  return fetch(`${server.url}/audio-to-text`, { method: 'POST', headers, body, ...init })
}

test('passes the fields and files of a multipart request to handle()', async () => {
  const response = await post({ audio, return_timestamps: 'word' })
  const sha256 = createHash('sha256')
    .update(new Uint8Array(await audio.arrayBuffer()))
    .digest('hex')
  expect(await response.json()).toEqual({
    fields: { return_timestamps: 'word' },
    files: [{ name: 'audio', filename: 'clip.wav', mediaType: 'audio/wav', isTyped: true, size: 4, value: sha256 }],
  })
})

const issue = (name: string, msg: string, type: string) => ({ detail: [{ loc: ['body', name], msg, type }] })

test.each<[string, Record<string, string | File>, unknown]>([
  ['a missing recording', { model_id: 'm' }, issue('audio', 'Field required', 'missing')],
  ['a form without parts', {}, expect.anything()],
  ['a recording sent as text', { audio: 'text' }, issue('audio', 'Expected a file, received text', 'file_expected')],
  ['an empty recording', { audio: new File([], 'a.wav') }, issue('audio', 'The file is empty', 'file_empty')],
  [
    'text sent as a file',
    { audio, model_id: audio },
    issue('model_id', 'Expected text, received a file', 'text_expected'),
  ],
])('returns 422 with the location for %s', async (_, parts, body) => {
  const response = await post(parts)
  expect([response.status, await response.json()]).toEqual([422, body])
})

test.each<[string, RequestInit, number, string]>([
  ['a missing token', { headers: {} }, 401, 'Invalid or missing credentials.'],
  ['another token', { headers: { authorization: 'Bearer bad' } }, 401, 'Invalid or missing credentials.'],
  ['another scheme', { headers: { authorization: 'Basic good' } }, 401, 'Invalid or missing credentials.'],
  [
    'an Accept without a documented media type',
    { headers: { ...headers, accept: 'text/html, application/json;q=0' } },
    406,
    'Nothing that this operation answers with is acceptable: text/html, application/json;q=0.',
  ],
  [
    'a JSON body',
    { headers: { ...headers, 'content-type': 'application/json' }, body: '{' },
    415,
    'Unsupported media type: application/json. Supported: multipart/form-data.',
  ],
  [
    'a bare recording',
    { headers: { ...headers, 'content-type': 'audio/wav' }, body: 'RIFF' },
    415,
    'Unsupported media type: audio/wav. Supported: multipart/form-data.',
  ],
  [
    'multipart without a boundary',
    { headers: { ...headers, 'content-type': 'multipart/form-data' }, body: 'x' },
    400,
    'The multipart body has no boundary: let the HTTP client set the Content-Type.',
  ],
  [
    'multipart that ends too early',
    {
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\nContent-Disposition: form-data; name="audio"; filename="a"\r\n\r\nxx',
    },
    400,
    'Malformed multipart body: Unexpected end of form.',
  ],
  [
    'a file over the limit',
    { body: form(new Uint8Array(maxBytes + 1)) },
    413,
    `The file is larger than the ${maxBytes} bytes that are accepted.`,
  ],
  [
    'a body far over the limit',
    { body: form(new Uint8Array(20_000_000)) },
    413,
    `The body is larger than the ${maxBytes} bytes that are accepted.`,
  ],
])('refuses %s with the documented error body', async (_, init, status, msg) => {
  const response = await post({ audio }, init)
  expect([response.status, await response.json()]).toEqual([status, { detail: { msg } }])
  expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null)
})

test('accepts a file at the limit', async () => {
  expect((await post({}, { body: form(new Uint8Array(maxBytes)) })).status).toBe(200)
})

test.each([
  ['GET', '/audio-to-text', 405],
  ['PUT', '/audio-to-text', 405],
  ['GET', '/nowhere', 404],
  ['POST', '/audio-to-text/more', 404],
])('answers %s %s with %i', async (method, path, status) => {
  const response = await fetch(server.url + path, { method })
  expect(response.status).toBe(status)
  expect(response.headers.get('allow')).toBe(status === 405 ? 'POST, OPTIONS' : null)
  expect(await response.json()).toEqual({ detail: { msg: expect.any(String) } })
})

test.each(['/audio-to-text/', '/api/beta/generate/audio-to-text', '/audio-to-text?x=1'])(
  'serves the operation at %s',
  async (path) => {
    expect((await fetch(server.url + path, { method: 'POST', headers, body: form(new Uint8Array(1)) })).status).toBe(
      200,
    )
  },
)

test('lets browsers call from any origin, without cookies', async () => {
  const origin = { origin: 'https://app.example' }
  const preflight = await fetch(`${server.url}/audio-to-text`, {
    method: 'OPTIONS',
    headers: { ...origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  })
  expect([
    preflight.status,
    preflight.headers.get('access-control-allow-origin'),
    preflight.headers.get('access-control-allow-headers'),
  ]).toEqual([204, '*', 'authorization'])
  const refused = await post({ audio }, { headers: origin })
  expect([
    refused.status,
    refused.headers.get('access-control-allow-origin'),
    refused.headers.get('access-control-allow-credentials'),
  ]).toEqual([401, '*', null])
})

test('keeps a safe request id and replaces an unsafe one', async () => {
  const id = async (value: string) =>
    (await post({ audio }, { headers: { ...headers, 'x-request-id': value } })).headers.get('x-request-id')
  expect(await id('run-7')).toBe('run-7')
  expect(await id('<script>')).toMatch(/^[\da-f-]{36}$/)
})

test('reports an error of the handler and hides it from the client', async () => {
  handle = () => {
    throw new Error('secret path')
  }
  const response = await post({ audio })
  expect([response.status, await response.json()]).toEqual([500, { detail: { msg: 'Internal server error.' } }])
  expect(reported).toEqual([new Error('secret path')])
})

test('returns the status of an HttpError that the handler throws', async () => {
  handle = () => {
    throw new HttpError(400, 'metadata is not a JSON object.')
  }
  const response = await post({ audio })
  expect([response.status, await response.json(), reported]).toEqual([
    400,
    { detail: { msg: 'metadata is not a JSON object.' } },
    [],
  ])
})

/** Sends bytes over a socket. Returns everything that is received until the connection ends. */
function raw(...writes: (string | Uint8Array)[]): Promise<string> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      // Ends the connection after a response that leaves it open.
      if (/^HTTP\/1\.1 [2-5]/m.test(received) && /keep-alive/i.test(received)) socket.end()
    })
    socket.on('error', () => resolve(received))
    socket.on('close', () => resolve(received))
    for (const bytes of writes) socket.write(bytes)
  })
}

const head = (...lines: string[]) => `POST /audio-to-text HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\n\r\n`
const multipart = 'Content-Type: multipart/form-data; boundary=b'
const part = (disposition: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`
const body = `${part('name="audio"; filename="a.wav"', 'RIFF')}--b--\r\n`

test.each([
  ['a file part without a Content-Type, as Python sends it', multipart, body, '200'],
  ['a scheme in lower case', multipart, body, '200'],
  ['a quoted boundary', 'content-type: Multipart/Form-Data; charset=x; boundary="b"', body, '200'],
  ['a preamble and an epilogue', multipart, `hello\r\n${body}bye`, '200'],
  ['duplicate parts', multipart, part('name="audio"; filename="a"', 'x') + body, '200'],
  ['bare line feeds', multipart, body.replaceAll('\r\n', '\n'), '400'],
  ['another boundary in the body', multipart, body.replaceAll('--b', '--c'), '400'],
  ['an empty body', multipart, '', '400'],
  ['a part without a name', multipart, `${part('filename="a"', 'x')}--b--\r\n`, '422'],
])('answers %s as expected', async (_, contentType, content, status) => {
  const authorization = _ === 'a scheme in lower case' ? 'Authorization: bearer good' : 'Authorization: Bearer good'
  const answer = await raw(head(authorization, contentType, `Content-Length: ${content.length}`), content)
  expect(answer.split(' ')[1]).toBe(status)
})

test('reads a chunked body of single bytes', async () => {
  const chunks = Array.from(body, (byte) => `1\r\n${byte}\r\n`).join('')
  expect(
    await raw(head('Authorization: Bearer good', multipart, 'Transfer-Encoding: chunked'), `${chunks}0\r\n\r\n`),
  ).toMatch(/^HTTP\/1\.1 200 /)
})

test('sends 100 Continue when it reads the body, not when it refuses the request', async () => {
  const expects = [multipart, 'Expect: 100-continue', `Content-Length: ${body.length}`]
  expect(await raw(head('Authorization: Bearer good', ...expects), body)).toMatch(
    /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
  )
  expect(await raw(head(...expects))).toMatch(/^HTTP\/1\.1 401 /)
})

test('refuses a too large upload before its body, and closes the connection', async () => {
  const answer = await raw(
    head('Authorization: Bearer good', multipart, 'Content-Length: 90000000', 'Expect: 100-continue'),
  )
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toMatch(/connection: close/i)
})

test('keeps the connection when it refuses a small upload unread', async () => {
  const refused = head('Content-Length: 5000', multipart) + 'x'.repeat(5000)
  const accepted = head('Authorization: Bearer good', multipart, `Content-Length: ${body.length}`) + body
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let received = ''
  for (const bytes of [refused.slice(0, 200), refused.slice(200), accepted]) {
    socket.write(bytes)
    const [chunk] = (await Promise.race([once(socket, 'data'), sleep(100)])) ?? []
    received += String(chunk ?? '')
  }
  expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200'])
})

test('survives a client that disconnects during an upload', async () => {
  const { hostname, port } = new URL(server.url)
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(head('Authorization: Bearer good', multipart, 'Content-Length: 5000') + body.slice(0, 60))
      setTimeout(() => socket.destroy(), 50)
    })
    socket.on('close', () => resolve())
  })
  expect((await post({ audio })).status).toBe(200)
})

test.each([
  'TRACE / HTTP/1.1\r\nHost: x\r\n\r\n',
  'POST http://[ HTTP/1.1\r\nHost: x\r\n\r\n',
  'nonsense\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a b\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: x/audio-to-text?\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: user@x\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
  'GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n',
])('refuses %j', async (request) => {
  expect(await raw(request)).toMatch(/^HTTP\/1\.1 40[045] /)
})

test('names the content codings that it accepts', async () => {
  const answer = await raw(
    head('Authorization: Bearer good', multipart, 'Content-Encoding: gzip', 'Content-Length: 1') + 'x',
  )
  expect(answer).toMatch(/^HTTP\/1\.1 415 .*\r\naccept-encoding: identity\r\n/s)
  expect(detail(answer)).toEqual({ msg: "The content coding 'gzip' is not supported." })
})

test('answers TRACE like any other method that the operation lacks', async () => {
  expect(await raw('TRACE /audio-to-text HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 405 .*\r\nallow: POST, OPTIONS\r\n/s,
  )
})

test('answers a method that Node does not know like any other', async () => {
  expect(await raw('FOO /audio-to-text HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 405 .*\r\nallow: POST, OPTIONS\r\n/s,
  )
})

test.each([
  ['an absolute target', 'GET http://y/audio-to-text HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  ['an absolute target without a path', 'GET http://y HTTP/1.1\r\nHost: x\r\n\r\n', 404],
  ['an empty Host', 'GET /audio-to-text HTTP/1.1\r\nHost:\r\n\r\n', 405],
  ['a transfer coding beside chunked', head(multipart, 'Transfer-Encoding: gzip, chunked'), 501],
])('answers %s', async (_, request, status) => {
  expect(await raw(request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
})

const detail = (answer: string) => (JSON.parse(answer.split('\r\n\r\n').at(-1)!) as { detail: unknown }).detail

test.each([
  ['malformed HTTP', 'nonsense\r\n\r\n', 400, 'This is not a well-formed HTTP request.'],
  [
    'a header that is too large',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
    431,
    'The header is too large.',
  ],
  [
    'a broken chunk',
    `${head('Authorization: Bearer good', multipart, 'Transfer-Encoding: chunked')}zz\r\n`,
    400,
    'This is not a well-formed HTTP request.',
  ],
])('refuses %s with the documented error body over a raw socket', async (_, request, status, msg) => {
  const answer = await raw(request)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*connection: close`))
  expect(detail(answer)).toEqual({ msg })
})

test.each([
  ['text', () => Response.json({ text: 'whole' })],
  ['a stream', () => new Response('{"text":"whole"}', { headers: { 'content-type': 'audio/wav' } })],
])('answers with %s before it ends a connection with extra bytes', async (_, whole) => {
  let finish!: (response: Response) => void
  handle = () => new Promise<Response>((resolve) => (finish = resolve))
  const answer = raw(
    head('Authorization: Bearer good', multipart, `Content-Length: ${body.length}`),
    body,
    'and more\r\n\r\n',
  )
  await expect.poll(() => finish).toBeDefined()
  await sleep(50)
  finish(whole())
  expect((await answer).match(/^HTTP\/1\.1 \d+|connection: \w+|whole/gim)).toEqual([
    'HTTP/1.1 200',
    'Connection: close',
    'whole',
  ])
})

test('refuses extra bytes after an answered request, and ends the connection', async () => {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  socket.write(head('Authorization: Bearer good', multipart, `Content-Length: ${body.length}`) + body)
  await once(socket, 'data')
  socket.write('and more\r\n\r\n')
  const [refusal] = (await once(socket, 'data')) as [Buffer]
  expect(detail(refusal.toString())).toEqual({ msg: 'This is not a well-formed HTTP request.' })
  await once(socket, 'end')
})

test('writes nothing into a response that has begun', async () => {
  handle = () =>
    new Response(
      new ReadableStream({
        async pull(controller) {
          await sleep(50)
          controller.enqueue(new TextEncoder().encode('part '))
        },
      }),
      { headers: { 'content-type': 'audio/wav' } },
    )
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  socket.write(head('Authorization: Bearer good', multipart, `Content-Length: ${body.length}`) + body)
  await expect.poll(() => received).toContain('part ')
  // The body of the next request is malformed while the first response is still being sent.
  socket.write(`${head('Authorization: Bearer good', multipart, 'Transfer-Encoding: chunked')}zz\r\n`)
  await Promise.race([once(socket, 'close'), sleep(5000)])
  expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1)
  expect(socket.destroyed).toBe(true)
})

test('answers 300 damaged uploads without a 5xx', async () => {
  // A seeded generator, so that every run damages the same bytes.
  let seed = 42
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
  const whole = Buffer.from(part('name="model_id"', 'm') + body, 'latin1')
  for (let round = 0; round < 300; round++) {
    const damaged = Buffer.from(whole)
    for (let times = random(6); times >= 0; times--) damaged[random(damaged.length)] = random(256)
    const cut = damaged.subarray(0, random(3) ? damaged.length : random(damaged.length))
    const answer = await raw(head('Authorization: Bearer good', multipart, `Content-Length: ${cut.length}`), cut)
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|413|415|422) /)
  }
})

test('close() lets running requests finish and refuses new ones', async () => {
  let finish = () => {}
  const started = new Promise<void>((resolve) => {
    handle = async () => {
      resolve()
      await new Promise<void>((done) => (finish = done))
      return new Response('finished')
    }
  })
  const second = await createServer({ description, handle: () => handle(undefined as never) }).listen({
    port: 0,
    host: '127.0.0.1',
  })
  const running = fetch(`${second.url}/audio-to-text`, { method: 'POST', headers, body: form(new Uint8Array(1)) })
  await started
  const closed = second.close()
  const late = await fetch(second.url)
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '1'])
  finish()
  expect(await (await running).text()).toBe('finished')
  await closed
  await expect(fetch(second.url)).rejects.toThrow('fetch failed')
})

test('close() answers new requests on an open connection with 503 and Retry-After', async () => {
  let finish!: () => void
  const started = new Promise<void>((resolve) => {
    handle = async () => {
      resolve()
      await new Promise<void>((done) => (finish = done))
      return new Response('finished')
    }
  })
  const second = await createServer<string>({ description, handle: (call) => handle(call) }).listen({
    port: 0,
    host: '127.0.0.1',
  })
  const { hostname, port } = new URL(second.url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  const request = head('Authorization: Bearer x', multipart, `Content-Length: ${body.length}`) + body
  socket.write(request)
  await started
  const closed = second.close()
  socket.write(request)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const ended = once(socket, 'close')
  finish()
  await Promise.all([closed, ended])
  expect(received).toMatch(/^HTTP\/1\.1 200 [^]*finished[^]*HTTP\/1\.1 503 [^]*retry-after: 1/i)
})

test.each(['text', 'a stream'])('survives a client that disconnects before a response of %s', async (kind) => {
  let finish!: () => void
  let isStopped = kind === 'text'
  const started = new Promise<void>((resolve) => {
    handle = async () => {
      resolve()
      await new Promise<void>((done) => (finish = done))
      const answer = 'x'.repeat(1_000_000)
      if (kind === 'text') return new Response(answer)
      return new Response(
        endless(() => (isStopped = true)),
        { headers: { 'content-type': 'audio/wav' } },
      )
    }
  })
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.write(head('Authorization: Bearer good', multipart, `Content-Length: ${body.length}`) + body)
  await started
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  finish()
  handle = () => new Response('next')
  expect(await (await post({ audio })).text()).toBe('next')
  await expect.poll(() => isStopped).toBe(true)
})

test('returns 408 when the sender of a body pauses', async () => {
  const second = await createServer({ description, handle: () => new Response() }).listen({
    port: 0,
    host: '127.0.0.1',
    pauseMs: 100,
  })
  const { hostname, port } = new URL(second.url)
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname)
    socket.on('data', (chunk) => {
      resolve(chunk.toString())
      socket.destroy()
    })
    socket.write(head('Authorization: Bearer x', multipart, 'Content-Length: 5000') + body.slice(0, 60))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*No more of the body came within 0\.1 s/)
  await second.close(0)
})

test('returns 408 when a body comes too slowly', async () => {
  await using second = await createServer({ description, handle: () => new Response() }).listen({
    port: 0,
    host: '127.0.0.1',
    slowMs: 200,
  })
  const { hostname, port } = new URL(second.url)
  const socket = connect(Number(port), hostname).on('error', () => {})
  socket.write(head('Authorization: Bearer x', multipart, 'Content-Length: 5000') + body.slice(0, 60))
  const timer = setInterval(() => socket.write('x'), 10)
  onTestFinished(() => clearInterval(timer))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 [^]*Less than 4096 bytes of the body came within 0\.2 s/)
})

test('closes a connection that sends no header, and the oldest one above the limit', async () => {
  await using second = await createServer({ description, handle }).listen({
    port: 0,
    host: '127.0.0.1',
    headerMs: 1_000,
    maxConnections: 4,
  })
  const { hostname, port } = new URL(second.url)
  const sockets = Array.from({ length: 4 }, () => connect(Number(port), hostname).on('error', () => {}))
  onTestFinished(() => sockets.forEach((socket) => void socket.destroy()))
  const answers = sockets.map(async (socket) => {
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString())).once('data', () => socket.end())
    await once(socket, 'close')
    return text.slice(0, 12)
  })
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  expect((await fetch(`${second.url}/nowhere`)).status).toBe(404)
  expect(await answers[0]).toBe('')
  expect(await Promise.all(answers.slice(1))).toEqual(Array.from({ length: 3 }, () => 'HTTP/1.1 408'))
})

test.each<[host: string, origin: string | undefined, status: number]>([
  ['localhost:8080', undefined, 405],
  ['127.0.0.1', 'http://localhost:3000', 405],
  ['[::1]:80', 'http://[::1]:80', 405],
  ['app.localhost', 'https://app.localhost', 405],
  ['mock', 'http://mock', 405],
  ['localhost', 'https://good.example', 405],
  ['evil.example', undefined, 403],
  ['localhost.evil.example', undefined, 403],
  ['127.0.0.1.evil.example', undefined, 403],
  ['localhost', 'https://evil.example', 403],
  ['localhost', 'null', 403],
])('with restricted access, answers the host %s and the origin %s with %i', async (host, origin, status) => {
  const { fetch: answer } = createServer({
    description,
    handle,
    access: { hosts: ['mock'], origins: ['https://good.example'] },
  })
  const request = new Request(`http://${host}/audio-to-text`, { headers: { ...(origin && { origin }) } })
  expect((await answer(request)).status).toBe(status)
})

test('a front sees requests before the server and responses after it', async () => {
  const seen: string[] = []
  await using fronted = await createServer({ description, handle }).listen({
    port: 0,
    host: '127.0.0.1',
    front: {
      async around(request, next) {
        const response = await next(new Request(`${request.url}/nowhere`, request))
        response.headers.set('x-front', response.headers.get('x-request-id') ?? 'none')
        return response
      },
      wire(incoming, outgoing, serve) {
        outgoing.once('finish', () => seen.push(`${incoming.method} ${outgoing.statusCode}`))
        serve()
      },
    },
  })
  const response = await fetch(`${fronted.url}/audio-to-text`)
  expect([response.status, response.headers.get('x-front')]).toEqual([404, response.headers.get('x-request-id')])
  await expect.poll(() => seen).toEqual(['GET 404'])
})

test('closes the connection although a reader still waits for the body', async () => {
  await using fronted = await createServer({ description, handle }).listen({
    port: 0,
    host: '127.0.0.1',
    front: {
      async around(request) {
        const reader = request.body!.getReader()
        await reader.read()
        void reader.read()
        return new Response('enough')
      },
    },
  })
  const { hostname, port } = new URL(fronted.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  socket.write(head(multipart, 'Content-Length: 200000') + 'x'.repeat(1000))
  await once(socket, 'data')
  socket.write('x'.repeat(199_000))
  const ended = await Promise.race([once(socket, 'close').then(() => 'closed'), sleep(5000, 'open')])
  expect(ended).toBe('closed')
})

test('names a port that is in use', async () => {
  const port = Number(new URL(server.url).port)
  await expect(createServer({ description, handle }).listen({ port, host: '127.0.0.1' })).rejects.toMatchObject({
    name: 'ListenError',
    message: `Port ${port} on 127.0.0.1 is in use: choose another port, or 0 for any free port`,
  })
})

function form(bytes: Uint8Array<ArrayBuffer>): FormData {
  const data = new FormData()
  data.append('audio', new File([bytes], 'a.wav'))
  return data
}

/** A body that continues until it is canceled. */
function endless(onCancel: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)), cancel: onCancel })
}
