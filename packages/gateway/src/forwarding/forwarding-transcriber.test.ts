import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { AudioTooLongError, EngineError, TranscriberBusyError, UnsupportedAudioError } from '../transcriber-error.ts'
import { ForwardingTranscriber } from './forwarding-transcriber.ts'

/** The example of OpenAI's documentation. */
const verbose = {
  task: 'transcribe',
  language: 'english',
  duration: 3.5,
  text: ' He might. Even so.',
  segments: [
    {
      id: 0,
      seek: 0,
      start: 0,
      end: 1.5,
      text: ' He might.',
      tokens: [1],
      temperature: 0,
      avg_logprob: -0.2,
      compression_ratio: 1,
      no_speech_prob: 0,
    },
    {
      id: 1,
      seek: 0,
      start: 1.5,
      end: 3.2,
      text: ' Even so.',
      tokens: [2],
      temperature: 0,
      avg_logprob: -0.2,
      compression_ratio: 1,
      no_speech_prob: 0,
    },
  ],
}
const words = [
  { word: 'He', start: 0, end: 0.4 },
  { word: 'might', start: 0.4, end: 1.6 },
  { word: 'Even', start: 1.4, end: 2 },
  { word: 'so', start: 2, end: 3.2 },
]

let server: Server
let baseUrl: string
let requested: string[]
/** Returns the status for a URL; default: that of `answer`. */
let statusOf: ((url: string) => number) | undefined
/** Returns the body for a status; default: that of `answer`. */
let bodyOf: ((status: number) => string) | undefined
let answer: { status: number; body: string; headers?: Record<string, string> }
let request: { url: string | undefined; method: string | undefined; authorization: string | undefined; form: string }

beforeEach(async () => {
  answer = { status: 200, body: JSON.stringify(verbose) }
  requested = []
  statusOf = undefined
  bodyOf = undefined
  const reply = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { url, method, headers } = incoming
    request = { url, method, authorization: headers.authorization, form: await text(incoming) }
    requested.push(url ?? '')
    const status = statusOf?.(url ?? '') ?? answer.status
    response
      .writeHead(status, { 'content-type': 'application/json', ...answer.headers })
      .end(bodyOf?.(status) ?? answer.body)
  }
  server = createServer((incoming, response) => void reply(incoming, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
})

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const input = { bytes: Buffer.from('some audio'), filename: 'clip.mp3', mediaType: 'audio/mpeg' }
const forward = (withWords: boolean, options = {}) =>
  new ForwardingTranscriber({ baseUrl, model: 'whisper-1', ...options }).transcribe(input, { words: withWords })

/** Returns the sent form parts as `name` or `name; filename`, with their values. */
const parts = () =>
  [
    ...request.form.matchAll(
      /name="([^"]+)"(?:; filename="([^"]+)")?\r\n(?:content-type: ([^\r]+)\r\n)?\r\n([^\r]*)/gi,
    ),
  ].map(([, ...part]) => part.filter((value) => value !== undefined))

describe('ForwardingTranscriber', () => {
  test('sends the form that the API documents', async () => {
    await forward(true, { baseUrl: `${baseUrl}/`, apiKey: 'secret' })
    expect(request).toMatchObject({ method: 'POST', url: '/v1/audio/transcriptions', authorization: 'Bearer secret' })
    expect(parts()).toEqual([
      ['file', 'clip.mp3', 'audio/mpeg', 'some audio'],
      ['model', 'whisper-1'],
      ['response_format', 'verbose_json'],
      ['timestamp_granularities[]', 'segment'],
      ['timestamp_granularities[]', 'word'],
    ])
  })

  test('requests words only if they are wanted, and sends no token without one', async () => {
    await forward(false)
    expect(request.form).not.toContain('word\r\n')
    expect(request.authorization).toBeUndefined()
  })

  test('maps segments', async () => {
    expect(await forward(false)).toEqual({
      text: 'He might. Even so.',
      duration: 3.5,
      language: 'english',
      segments: [
        { start: 0, end: 1.5, text: 'He might.' },
        { start: 1.5, end: 3.2, text: 'Even so.' },
      ],
    })
  })

  test('puts each word into the segment at its middle', async () => {
    answer.body = JSON.stringify({ ...verbose, words })
    const { segments } = await forward(true)
    expect(segments.map((segment) => segment.words?.map((word) => word.text))).toEqual([
      ['He', 'might'],
      ['Even', 'so'],
    ])
    expect(segments[0]?.words?.[0]).toEqual({ start: 0, end: 0.4, text: 'He' })
  })

  test.for([
    {
      what: 'only words',
      body: { text: 'He might. Even so.', words },
      segments: [{ start: 0, end: 3.2, text: 'He might. Even so.' }],
      duration: 3.2,
    },
    {
      what: 'only text',
      body: { text: 'Yes.', duration: 2 },
      segments: [{ start: 0, end: 2, text: 'Yes.' }],
      duration: 2,
    },
    { what: 'nothing', body: { text: '', duration: 2, segments: [] }, segments: [], duration: 2 },
  ])('accepts a server that returns $what', async ({ body, segments, duration }) => {
    answer.body = JSON.stringify(body)
    expect(await forward(false)).toEqual({ text: body.text, duration, segments })
  })

  test.for([
    { status: 400, error: UnsupportedAudioError },
    { status: 413, error: AudioTooLongError },
    { status: 415, error: UnsupportedAudioError },
    { status: 401, error: EngineError },
    { status: 404, error: EngineError },
    { status: 500, error: EngineError },
    { status: 429, error: TranscriberBusyError },
    { status: 503, error: TranscriberBusyError },
  ])('answers $status with $error.name', async ({ status, error }) => {
    answer = { status, body: JSON.stringify({ error: { message: 'Not like this.', type: 'invalid_request_error' } }) }
    const failure = await forward(false, { apiKey: 'secret' }).catch((reason: unknown) => reason)
    expect(failure).toBeInstanceOf(error)
    const isAboutAudio = error === UnsupportedAudioError || error === AudioTooLongError
    const who = isAboutAudio ? 'The server that transcribes' : `${baseUrl}/audio/transcriptions`
    expect(failure).toMatchObject({ name: error.name, message: `${who} answered ${status}: Not like this.` })
  })

  describe('asks for less if the server refuses what it was asked for', () => {
    const openAi = (message: string) => ({ error: { message, type: 'invalid_request_error' } })
    const takes = {
      'no words': { isTaken: (form: string) => !form.includes('word\r\n') },
      'no verbose_json': { isTaken: (form: string) => !form.includes('verbose_json') },
      nothing: { isTaken: () => false },
    }
    test.for([
      { server: takes['no words'], status: 400, body: openAi("Value 'word' is not supported."), asked: 2 },
      {
        server: takes['no words'],
        status: 422,
        body: { detail: [{ loc: ['body', 'timestamp_granularities[]'], msg: 'Extra inputs are not permitted' }] },
        asked: 2,
      },
      { server: takes['no words'], status: 501, body: { error: 'No word timestamps here.' }, asked: 2 },
      {
        server: takes['no verbose_json'],
        status: 400,
        body: openAi("response_format 'verbose_json' is not compatible with model 'm'."),
        asked: 2,
      },
      { server: takes['no verbose_json'], status: 400, body: openAi('No timestamps here.'), asked: 3 },
    ])('$status $body', async ({ server: { isTaken }, status, body, asked }) => {
      statusOf = () => (isTaken(request.form) ? 200 : status)
      bodyOf = (given) => JSON.stringify(given === 200 ? { text: 'Yes.', duration: 2 } : body)
      const transcriber = new ForwardingTranscriber({ baseUrl, model: 'm' })
      expect(await transcriber.transcribe(input, { words: true })).toMatchObject({ text: 'Yes.', duration: 2 })
      expect(requested).toHaveLength(asked)
      await transcriber.transcribe(input, { words: true })
      expect(requested).toHaveLength(asked + 1)
    })

    test.for([
      { error: { message: 'response_format is unknown.' } },
      { error: { message: 'No such model.', param: 'model' } },
    ])('and is at fault if it takes nothing: $error', async (body) => {
      statusOf = () => 400
      bodyOf = () => JSON.stringify(body)
      const failure = await forward(true).catch((reason: unknown) => reason)
      expect(failure).toBeInstanceOf(EngineError)
      const problem = `The server that transcribes answered 400: ${body.error.message}`
      expect(failure).toMatchObject({ problem })
    })
  })

  test.for([
    { header: '7', retryAfter: 7 },
    { header: '0.2', retryAfter: 1 },
    { header: new Date(Date.now() + 3_600_000).toUTCString(), retryAfter: expect.closeTo(3600, -2) as number },
    { header: 'Wed, 21 Oct 2026 07:28:00 GMT', retryAfter: undefined },
    { header: 'soon', retryAfter: undefined },
  ])('passes on Retry-After: $header of a busy server', async ({ header, retryAfter }) => {
    answer = { status: 429, body: '{}', headers: { 'retry-after': header } }
    await expect(forward(false)).rejects.toMatchObject({ name: 'TranscriberBusyError', retryAfter })
  })

  test.for([
    { body: '{"error":"No such model."}', message: /answered 500: No such model\.$/ },
    { body: '{"detail":"Out of memory."}', message: /answered 500: Out of memory\.$/ },
    { body: '<html>', message: /answered 500$/ },
    { body: 'null', message: /answered 500$/ },
  ])("passes on the server's message in $body", async ({ body, message }) => {
    answer = { status: 500, body }
    await expect(forward(false)).rejects.toThrow(message)
  })

  test.for([
    'plain text',
    '[]',
    '{"text":1}',
    '{"text":"a","segments":[{"start":"0"}]}',
    '{"text":"a","words":[null]}',
  ])('rejects %s as a transcription', async (body) => {
    answer.body = body
    await expect(forward(false)).rejects.toThrow(/answered without a usable transcription: .+\.$/)
  })

  test('reports an unreachable server', async () => {
    server.close()
    await expect(forward(false)).rejects.toThrow(`${baseUrl}/audio/transcriptions cannot be reached.`)
  })

  test('stops waiting after the timeout or a cancellation', async () => {
    server.removeAllListeners('request')
    await expect(forward(false, { timeout: 200 })).rejects.toThrow(/did not answer within 200 ms\.$/)
    const transcriber = new ForwardingTranscriber({ baseUrl, model: 'whisper-1' })
    const controller = new AbortController()
    const waiting = transcriber.transcribe(input, { words: false, signal: controller.signal })
    setTimeout(() => controller.abort(new Error('Enough.')), 100)
    await expect(waiting).rejects.toThrow('Enough.')
  })

  test('passes on the whole recording even if it cannot be decoded to measure it', async () => {
    answer.body = '{"text":"Yes."}'
    expect(await forward(true)).toMatchObject({ text: 'Yes.', duration: 0, segments: [{ start: 0, end: Infinity }] })
  })
})

describe('several servers', () => {
  const down = 'http://127.0.0.1:1/v1'
  const rejection = (work: Promise<unknown>) => work.catch((error: Error) => error)

  test('take recordings by turns', async () => {
    const transcriber = new ForwardingTranscriber({ baseUrl: [`${baseUrl}/a`, `${baseUrl}/b`], model: 'm' })
    const urls: unknown[] = []
    for (let call = 0; call < 4; call++) {
      await transcriber.transcribe(input, { words: false })
      urls.push(request.url?.slice(0, 5))
    }
    expect(urls).toEqual(['/v1/a', '/v1/b', '/v1/a', '/v1/b'])
    expect(transcriber.concurrency).toBe(16)
  })

  test('one that is busy is left alone until its Retry-After is over', async () => {
    const transcriber = new ForwardingTranscriber({ baseUrl, model: 'm' })
    answer = { status: 503, body: '{}', headers: { 'retry-after': '30' } }
    await rejection(transcriber.transcribe(input, { words: false }))
    answer.status = 200
    expect(await rejection(transcriber.transcribe(input, { words: false }))).toMatchObject({
      name: 'TranscriberBusyError',
      retryAfter: 30,
    })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 })
    onTestFinished(() => void vi.useRealTimers())
    answer.body = JSON.stringify(verbose)
    expect(await transcriber.transcribe(input, { words: false })).toMatchObject({ duration: 3.5 })
  })

  test.for([
    { what: 'cannot be reached', first: down, status: 200 },
    { what: 'fails', first: 'bad', status: 500 },
    { what: 'is busy', first: 'bad', status: 429 },
  ])('another takes the recording if one $what', async ({ first, status }) => {
    statusOf = (url) => (url.includes('/bad/') ? status : 200)
    const urls = [first === 'bad' ? `${baseUrl}/bad` : first, baseUrl]
    const transcriber = new ForwardingTranscriber({ baseUrl: urls, model: 'm' })
    expect(await transcriber.transcribe(input, { words: false })).toMatchObject({ duration: 3.5 })
    expect(await transcriber.transcribe(input, { words: false })).toMatchObject({ duration: 3.5 })
    expect(requested.filter((url) => url.includes('/bad/')).length).toBe(first === 'bad' ? 1 : 0)
  })

  test.for([
    { what: 'keeps its turn after one internal error, which may be about a file', statuses: [500, 200, 500], asked: 4 },
    { what: 'rests after two internal errors in a row', statuses: [500, 500, 200], asked: 2 },
  ])('one $what', async ({ statuses, asked }) => {
    const left = [...statuses]
    statusOf = (url) => (url.includes('/first/') ? (left.shift() ?? 200) : 200)
    const transcriber = new ForwardingTranscriber({ baseUrl: [`${baseUrl}/first`, baseUrl], model: 'm' })
    for (let call = 0; call < 8; call++) await transcriber.transcribe(input, { words: false })
    expect(requested.filter((url) => url.includes('/first/'))).toHaveLength(asked)
  })

  test('are checked without a recording, and count as well if they answer', async () => {
    statusOf = (url) => (url.includes('/refusing/') ? 401 : url.includes('/broken/') ? 500 : 404)
    const urls = [baseUrl, down, `${baseUrl}/refusing`, `${baseUrl}/broken`]
    const transcriber = new ForwardingTranscriber({ baseUrl: urls, model: 'm', apiKey: 'key' })
    expect(await transcriber.countEngines()).toEqual({ total: 4, well: 1 })
    expect(requested.toSorted()).toEqual(['/v1/broken/models', '/v1/models', '/v1/refusing/models'])
    await expect(transcriber.load()).rejects.toThrow(
      `${down}/models cannot be reached. ${baseUrl}/refusing/models answered 401 to the API key. ${baseUrl}/broken/models answered 500.`,
    )
  })
})
