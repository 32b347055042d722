import { getEventListeners } from 'node:events'
import { inspect } from 'node:util'
import { expect, test, vi } from 'vitest'
import { createClient, type AudioToTextOptions, type ClientOptions, type FileInput } from '../index.ts'
import { answer, testGateway, transcript, type Behaviour } from '../testing/test-gateway.ts'

const token = 'secret-token'
const small = new File(['RIFF----WAVE'], 'speech.wav')
/** Exceeds the buffers between two sockets. */
const large = new File([new Uint8Array(32 * 2 ** 20).fill(7)], 'speech.wav')

const ok = answer(200, transcript)
const never: Behaviour = ({ body }) => body()
const resetAtOnce: Behaviour = ({ request }) => request.socket.resetAndDestroy()
const resetMidUpload: Behaviour = ({ request }) => request.once('data', () => request.socket.resetAndDestroy())
const resetAfterUpload: Behaviour = async ({ request, body }) => {
  await body()
  request.socket.resetAndDestroy()
}
const startAnswer: Behaviour = async ({ response, body }) => {
  await body()
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{"text":')
}
const slowAnswer: Behaviour = async ({ response, body }) => {
  await body()
  response.writeHead(200, { 'content-type': 'application/json' })
  for (const piece of JSON.stringify(transcript).match(/.{1,10}/g) ?? []) {
    response.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  response.end()
}
const halfAnAnswer: Behaviour = async (exchange) => {
  await startAnswer(exchange)
  exchange.response.destroy()
}
const halfAnEarlyAnswer: Behaviour = ({ request, response }) => {
  request.once('data', () => {
    request.pause()
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{"text":')
    setTimeout(() => request.socket.resetAndDestroy(), 100)
  })
}
/** Responds before the end of the upload. */
const early =
  (status: number): Behaviour =>
  ({ request, response }) => {
    request.once('data', () =>
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"detail":{"msg":"early"}}'),
    )
  }
const transcribed = { text: expect.any(String) as string }
const says = (pattern: RegExp) => expect.stringMatching(pattern) as string
const soon = { 'retry-after': '0' }

interface Fault {
  /** Behaviors of the first gateway, one per request; `undefined` if no server listens there. */
  first: Behaviour[] | undefined
  second?: Behaviour[]
  client?: Partial<ClientOptions> & { gateway?: never; baseUrl?: string }
  call?: Partial<AudioToTextOptions>
  /** The number of requests to each gateway. */
  requests: number[]
  /** The expected error. Without it, the call returns the transcript. */
  error?: { name: string; [field: string]: unknown }
}

const faults: Record<string, Fault> = {
  refused: { first: undefined, requests: [], error: { name: 'NetworkError', message: says(/ECONNREFUSED/) } },
  'a name that does not resolve': {
    first: [],
    client: { baseUrl: 'http://gateway.invalid', retries: 0 },
    requests: [0],
    error: {
      name: 'NetworkError',
      message: says(/^POST http:\/\/gateway\.invalid\/audio-to-text failed: .*(ENOTFOUND|EAI_AGAIN)/),
    },
  },
  'reset before anything is read, then fine': { first: [resetAtOnce, ok], call: { audio: large }, requests: [2] },
  'reset in the middle of the upload, then fine': {
    first: [resetMidUpload, ok],
    call: { audio: large },
    requests: [2],
  },
  'reset in the middle of the upload of a stream': {
    first: [resetMidUpload, ok],
    call: { audio: large.stream() },
    requests: [1],
    error: { name: 'NetworkError' },
  },
  'reset after the upload, before headers': {
    first: [resetAfterUpload, ok],
    requests: [1],
    error: { name: 'NetworkError', message: says(/ECONNRESET|other side closed/) },
  },
  'reset after the upload, billed again': {
    first: [resetAfterUpload, ok],
    client: { retryBilled: true },
    requests: [2],
  },
  'half a body': { first: [halfAnAnswer, ok], requests: [1], error: { name: 'NetworkError' } },
  'half a body, billed again': { first: [halfAnAnswer, ok], call: { retryBilled: true }, requests: [2] },
  'half a body before the end of the upload': {
    first: [halfAnEarlyAnswer, ok],
    call: { audio: large },
    requests: [1],
    error: { name: 'NetworkError' },
  },
  'a body that stops coming': {
    first: [startAnswer],
    client: { timeoutMs: 3000 },
    requests: [1],
    error: {
      name: 'TimeoutError',
      timeoutMs: 3000,
      message: says(/^POST http:\S+\/audio-to-text timed out after 3000 ms$/),
    },
  },
  'a body that comes slowly': { first: [slowAnswer], requests: [1] },
  'no answer at all': { first: [never], call: { timeoutMs: 3000 }, requests: [1], error: { name: 'TimeoutError' } },
  'no answer at all, billed again': { first: [never, ok], call: { timeoutMs: 3000, retryBilled: true }, requests: [2] },
  'an upload that gets stuck': { first: [() => {}, ok], call: { audio: large, timeoutMs: 8000 }, requests: [2] },
  'an upload of a stream that gets stuck': {
    first: [() => {}, ok],
    call: { audio: large.stream(), timeoutMs: 1000 },
    requests: [1],
    error: { name: 'TimeoutError' },
  },
  'a recording that never comes': {
    first: [ok],
    call: {
      audio: {
        stream: new Blob(['RIFF']).stream().pipeThrough(new TransformStream({ flush: () => new Promise(() => {}) })),
      },
      timeoutMs: 3000,
    },
    requests: [1],
    error: { name: 'TimeoutError' },
  },
  'a recording that never begins': {
    first: [ok],
    call: { audio: new ReadableStream(), timeoutMs: 100 },
    requests: [0],
    error: { name: 'TimeoutError' },
  },
  'a token that never comes': {
    first: [ok],
    client: { token: () => new Promise<string>(() => {}), timeoutMs: 100, retries: 0 },
    requests: [0],
    error: { name: 'TimeoutError' },
  },
  'an early answer': {
    first: [early(413)],
    call: { audio: large },
    requests: [1],
    error: { name: 'ResponseError', status: 413, message: says(/answered 413, early$/) },
  },
  '429 with seconds, then fine': { first: [answer(429, '', { 'retry-after': '1' }), ok], requests: [2] },
  '429 with a date, then fine': {
    first: [answer(429, '', { 'retry-after': new Date(Date.now() + 1500).toUTCString() }), ok],
    requests: [2],
  },
  '429 that asks for a long pause': {
    first: [answer(429, { errors: ['Too many AI requests'] }, { 'retry-after': '3600' })],
    requests: [1],
    error: {
      name: 'ResponseError',
      status: 429,
      retryAfterMs: 3_600_000,
      message: says(/answered 429, Too many AI requests$/),
    },
  },
  '503 then 200': { first: [answer(503, '', soon), ok], requests: [2] },
  '503 without Retry-After, then 200': { first: [answer(503, ''), ok], requests: [2] },
  '503 again and again': {
    first: [answer(503, { error: { message: 'Service Unavailable Error' } }, soon)],
    requests: [3],
    error: {
      name: 'ResponseError',
      status: 503,
      retryAfterMs: 0,
      message: says(/answered 503, Service Unavailable Error$/),
    },
  },
  '503 and no retries': {
    first: [answer(503, ''), ok],
    client: { retries: 0 },
    requests: [1],
    error: { name: 'ResponseError', status: 503 },
  },
  '503 after a stream': {
    first: [answer(503, ''), ok],
    call: { audio: small.stream() },
    requests: [1],
    error: { name: 'ResponseError', status: 503 },
  },
  'a 502 in HTML': {
    first: [answer(502, '<html><h1>502</h1></html>', { ...soon, 'content-type': 'text/html' })],
    requests: [1],
    error: {
      name: 'ResponseError',
      status: 502,
      raw: '<html><h1>502</h1></html>',
      message: says(/answered 502, Bad Gateway$/),
    },
  },
  '504 after the upload': {
    first: [answer(504, '', soon), ok],
    requests: [1],
    error: { name: 'ResponseError', status: 504 },
  },
  '504 after the upload, billed again': {
    first: [answer(504, '', soon), ok],
    client: { retryBilled: true },
    requests: [2],
  },
  '502 in the middle of the upload, then fine': { first: [early(502), ok], call: { audio: large }, requests: [2] },
  '408, then fine': { first: [answer(408, '', soon), ok], requests: [2] },
  '500, which is final': {
    first: [answer(500, { detail: { msg: 'GPU out of memory.' } })],
    requests: [1],
    error: { name: 'ResponseError', status: 500, message: says(/answered 500, GPU out of memory\.$/) },
  },
  'an error in FastAPI issues': {
    first: [answer(422, { detail: [{ loc: ['body', 'audio'], msg: 'Field required', type: 'missing', input: 'x' }] })],
    requests: [1],
    error: {
      name: 'ResponseError',
      status: 422,
      issues: [{ loc: ['body', 'audio'], msg: 'Field required', type: 'missing' }],
      message: says(/answered 422, body\.audio: Field required$/),
    },
  },
  'an error in a detail of words': {
    first: [answer(405, { detail: 'Method Not Allowed' })],
    requests: [1],
    error: { name: 'ResponseError', status: 405, message: says(/answered 405, Method Not Allowed$/) },
  },
  'an error of go-livepeer': {
    first: [answer(400, { error: { message: ': Error during model execution: boom' } })],
    requests: [1],
    error: { name: 'ResponseError', status: 400, message: says(/answered 400, Error during model execution: boom$/) },
  },
  'an error in plain text': {
    first: [answer(500, 'Internal Server Error', { 'content-type': 'text/plain' })],
    requests: [1],
    error: {
      name: 'ResponseError',
      status: 500,
      raw: 'Internal Server Error',
      message: says(/answered 500, Internal/),
    },
  },
  'an empty 200': {
    first: [answer(200, '')],
    requests: [1],
    error: { name: 'InvalidResponseError', message: says(/it is empty$/) },
  },
  'a 200 that is HTML': {
    first: [answer(200, '<html>')],
    requests: [1],
    error: { name: 'InvalidResponseError', raw: '<html>', message: says(/it is not JSON$/) },
  },
  'chunks that are null': {
    first: [answer(200, { chunks: null, text: '' })],
    requests: [1],
    error: { name: 'InvalidResponseError', message: says(/\/chunks is null, not array$/) },
  },
  'chunks that are null, unchecked': {
    first: [answer(200, { chunks: null, text: '' })],
    client: { checkSchema: false },
    requests: [1],
  },
  'a 202, which the contract does not know': {
    first: [answer(202, { request_id: '7' })],
    requests: [1],
    error: { name: 'InvalidResponseError', message: says(/202, which is invalid: undocumented status$/) },
  },
  'an open end': { first: [answer(200, { text: 'a', chunks: [{ timestamp: [1, null], text: 'a' }] })], requests: [1] },
  '410, retired': {
    first: [answer(410, { error: { message: 'removed' } })],
    requests: [1],
    error: {
      name: 'ResponseError',
      status: 410,
      message: says(/answered 410, this gateway has retired the operation: removed$/),
    },
  },
  'a token that the gateway repeats': {
    first: [answer(401, { errors: [`no token ${token} found`] })],
    requests: [1],
    error: {
      name: 'ResponseError',
      status: 401,
      raw: { errors: ['no token [token] found'] },
      message: says(/answered 401, no token found$/),
    },
  },
  'failover when the first is not there': { first: undefined, second: [ok], requests: [1] },
  'failover of a stream of which nothing was sent': {
    first: undefined,
    second: [ok],
    call: { audio: small.stream() },
    requests: [1],
  },
  'failover when the first has no place': {
    first: [answer(503, '', { 'retry-after': '3600' })],
    second: [ok],
    requests: [1, 1],
  },
  'failover when the first has retired': {
    first: [answer(410, '')],
    second: [answer(503, '', soon), ok],
    requests: [1, 2],
  },
  'failover to the second, and back': {
    first: [answer(503, '', soon), ok],
    second: [answer(503, '', soon)],
    requests: [2, 1],
  },
  'failover when the first answers null': { first: [answer(200, null)], second: [ok], requests: [1, 1] },
  'failover when the first answers without chunks': {
    first: [answer(200, { text: '', chunks: null })],
    second: [ok],
    requests: [1, 1],
  },
  'failover when the first answers nothing': { first: [answer(200, '')], second: [ok], requests: [1, 1] },
  'null, billed again': { first: [answer(200, null), ok], client: { retryBilled: true }, requests: [2] },
  'no failover after a 502': {
    first: [answer(502, '')],
    second: [ok],
    requests: [1, 0],
    error: { name: 'ResponseError', status: 502 },
  },
  'both fail': {
    first: [answer(503, { error: { message: 'full' } }, { 'retry-after': '3600' })],
    second: [answer(401, { detail: { msg: 'who?' } })],
    requests: [1, 1],
    error: {
      name: 'ResponseError',
      status: 401,
      message: says(/answered 401, who\?; before that, http:\S+ answered 503$/),
    },
  },
  'the first is not there, and the second fails': {
    first: undefined,
    second: [answer(200, null)],
    client: { retries: 0 },
    requests: [1],
    error: { name: 'InvalidResponseError', message: says(/it is null, not object; before that, .+ECONNREFUSED/) },
  },
  'no failover when the request is wrong': {
    first: [answer(400, { detail: 'no' })],
    second: [ok],
    requests: [1, 0],
    error: { name: 'ResponseError', status: 400 },
  },
  'no failover of what may be billed': {
    first: [resetAfterUpload],
    second: [ok],
    requests: [1, 0],
    error: { name: 'NetworkError' },
  },
}

const nowhere = { baseUrl: 'http://127.0.0.1:1001', token, requests: [] }

async function serve(behaviours: Behaviour[] | undefined, ownToken: string) {
  return behaviours ? [{ ...(await testGateway(...behaviours)), token: ownToken }] : []
}

/** An unhandled rejection anywhere in this file fails the run as well. */
test.concurrent.each(Object.entries(faults))('%s', async (_, { first, second, client, call, requests, error }) => {
  const gateways = [...(await serve(first, token)), ...(await serve(second, 'another-token'))]
  const [gateway = nowhere, ...fallbacks] = first ? gateways : [nowhere, ...gateways]

  const result: unknown = await createClient({ ...gateway, fallbacks, ...client })
    .audioToText({ audio: small, ...call })
    .catch((thrown: unknown) => thrown)

  expect(result).toMatchObject(error ?? transcribed)
  expect(inspect(result, { depth: 9, showHidden: true })).not.toMatch(/(secret|another)-token/)
  expect(gateways.map((it) => it.requests.length)).toEqual(requests)
  const sent = gateways.flatMap((it) => it.requests.map(({ headers }) => [headers.authorization, `Bearer ${it.token}`]))
  expect(sent.filter(([actual, own]) => actual !== own)).toEqual([])
})

test.each([301, 302, 303, 307, 308])('a redirect by %i to another origin is not followed', async (status) => {
  const elsewhere = await testGateway(ok)
  const redirect = answer(status, '', { location: `${elsewhere.baseUrl}/audio-to-text` })
  const { requests, baseUrl } = await testGateway(redirect, redirect)
  const client = createClient({ baseUrl, token })
  const redirected = {
    name: 'NetworkError',
    message: `POST ${baseUrl}/audio-to-text failed: its redirect is not followed`,
  }
  await expect(client.audioToText({ audio: small, retryBilled: true })).rejects.toMatchObject(redirected)
  const body = { audio: small }
  await expect(client.POST('/audio-to-text', { body, bodySerializer: () => '{}' })).rejects.toMatchObject(redirected)
  expect([requests.length, elsewhere.requests.length]).toEqual([2, 0])
})

const aborts: [when: string, behaviour: (abort: () => void) => Behaviour, audio: FileInput, requests: number][] = [
  ['before the call', (abort) => (abort(), ok), small, 0],
  [
    'during the upload',
    (abort) =>
      ({ request }) =>
        request.once('data', abort),
    large,
    1,
  ],
  [
    'while waiting for the answer',
    (abort) =>
      async ({ body }) => (await body(), abort()),
    small,
    1,
  ],
  ['in the middle of the answer', (abort) => async (exchange) => (await startAnswer(exchange), abort()), small, 1],
  [
    'in the pause before the next attempt',
    (abort) => (exchange) => {
      exchange.response.once('finish', () => setTimeout(abort, 50))
      return answer(503, '', { 'retry-after': '30' })(exchange)
    },
    small,
    1,
  ],
]

test.concurrent.each(aborts)('an abort %s ends the call with its reason', async (_, behaviour, audio, count) => {
  const controller = new AbortController()
  const reason = new Error('changed my mind')
  const { requests, baseUrl } = await testGateway(behaviour(() => controller.abort(reason)))
  const call = createClient({ baseUrl }).audioToText({ audio, signal: controller.signal })
  await expect(call).rejects.toBe(reason)
  expect(requests.length).toBe(count)
})

test('an abort after the call changes nothing', async () => {
  const controller = new AbortController()
  const { baseUrl } = await testGateway(ok)
  const result = await createClient({ baseUrl }).audioToText({ audio: small, signal: controller.signal })
  controller.abort()
  expect(result).toEqual(transcript)
})

test('stops an upload when the response arrives early', async () => {
  let isCancelled = false
  const audio = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    cancel: () => void (isCancelled = true),
  })
  const { baseUrl } = await testGateway(({ request, response }) => {
    request.once('data', () => {
      request.pause()
      response.writeHead(413).end('{}')
    })
  })
  await expect(createClient({ baseUrl }).audioToText({ audio })).rejects.toMatchObject({ status: 413 })
  await vi.waitFor(() => expect(isCancelled).toBe(true))
})

test('removes its listener from the signal after the call', async () => {
  const { signal } = new AbortController()
  const { baseUrl } = await testGateway(answer(503, '', soon), ok)
  await createClient({ baseUrl }).audioToText({ audio: small, signal })
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
