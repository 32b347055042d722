import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  createGateway,
  AudioTooLongError,
  EngineError,
  TranscriberBusyError,
  UnsupportedAudioError,
  type Transcriber,
} from '../index.ts'

const transcript = {
  text: 'Hello there. Bye.',
  duration: 2,
  segments: [
    {
      start: 0.1234,
      end: 0.9,
      text: 'Hello there.',
      words: [
        { start: 0.1234, end: 0.4, text: 'Hello' },
        { start: 0.4, end: 0.9, text: 'there.' },
      ],
    },
    { start: 1.2, end: 1.5, text: 'Bye.', words: [{ start: 1.2, end: 1.5, text: 'Bye.' }] },
  ],
}

const models = ['acme/ears', 'acme/big-ears']

/** A transcriber whose results the test controls, and that records its calls. */
class ScriptedTranscriber implements Transcriber {
  answer: Transcriber['transcribe'] = () => Promise.resolve(transcript)
  calls: {
    filename: string | undefined
    words: boolean
    model: string | undefined
    signal: AbortSignal | undefined
  }[] = []
  activity = { threads: 3, waiting: 5 }
  load = () => Promise.resolve()
  close = () => Promise.resolve()
  transcribe: Transcriber['transcribe'] = (recording, options) => {
    this.calls.push({
      filename: recording.filename,
      words: options.words,
      model: options.model,
      signal: options.signal,
    })
    return this.answer(recording, options)
  }
}

let transcriber: ScriptedTranscriber
let errors: unknown[]
let fetch: (request: Request) => Promise<Response>
beforeEach(() => {
  transcriber = new ScriptedTranscriber()
  errors = []
  ;({ fetch } = createGateway({
    transcriber,
    models,
    queueLimit: 1,
    timeoutMs: 200,
    onError: (error) => errors.push(error),
  }))
})

let finish: (() => void)[] = []
afterEach(() => {
  for (const end of finish.splice(0)) end()
})
/** Blocks a transcription until the test ends or calls `finish`. */
const pending = () => new Promise<typeof transcript>((resolve) => finish.push(() => resolve(transcript)))

function post(fields: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
  const body = new FormData()
  body.append('audio', new File(['RIFF'], 'clip.wav'))
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return fetch(
    new Request('http://gateway/audio-to-text', {
      method: 'POST',
      headers: { authorization: 'Bearer x' },
      body,
      ...(signal && { signal }),
    }),
  )
}

test.each([
  [
    'true',
    [
      [0.12, 0.9],
      [1.2, 1.5],
    ],
    false,
  ],
  [
    'sentence',
    [
      [0.12, 0.9],
      [1.2, 1.5],
    ],
    false,
  ],
  [
    'word',
    [
      [0.12, 0.4],
      [0.4, 0.9],
      [1.2, 1.5],
    ],
    true,
  ],
  ['false', [], false],
])('return_timestamps=%s', async (value, timestamps, words) => {
  const response = await post({ return_timestamps: value })
  const { text, chunks } = (await response.json()) as { text: string; chunks: { timestamp: number[] }[] }
  expect([response.status, text, chunks.map(({ timestamp }) => timestamp)]).toEqual([200, transcript.text, timestamps])
  expect(transcriber.calls).toMatchObject([{ filename: 'clip.wav', words }])
})

test.each([
  [
    { return_timestamps: 'char' },
    422,
    [
      {
        loc: ['body', 'return_timestamps'],
        msg: "Input should be one of 'true', 'sentence', 'word', 'false'",
        type: 'enum',
      },
    ],
  ],
  [{ return_timestamps: 'toString' }, 422, [expect.objectContaining({ type: 'enum' })]],
  [{ model_id: 'other' }, 400, { msg: "This gateway does not run 'other'. It runs acme/ears, acme/big-ears." }],
  [{ metadata: '[]' }, 400, { msg: 'metadata is not a JSON object.' }],
  [{ metadata: '{"a":' }, 400, { msg: 'metadata is not a JSON object.' }],
])('rejects %j', async (fields, status, detail) => {
  const response = await post(fields)
  expect([response.status, await response.json(), transcriber.calls]).toEqual([status, { detail }, []])
})

test.each([
  { model_id: '' },
  { metadata: '' },
  { return_timestamps: '' },
  { model_id: 'acme/big-ears' },
  { metadata: '{"a":{}}' },
])('%j is accepted', async (fields) => {
  expect((await post(fields)).status).toBe(200)
})

test('model_id chooses the model', async () => {
  await post({ model_id: 'acme/big-ears' })
  await post({ model_id: '' })
  expect(transcriber.calls.map(({ model }) => model)).toEqual(['acme/big-ears', undefined])
})

test.each([
  ['that cannot be decoded', new UnsupportedAudioError('no audio in it'), 415, 'no audio in it'],
  ['that is too long', new AudioTooLongError('longer than 60 s'), 413, 'longer than 60 s'],
  ['at which the transcriber breaks', new Error('out of memory in /secret'), 500, 'Internal server error.'],
])('a recording %s', async (_, error, status, msg) => {
  transcriber.answer = () => Promise.reject(error)
  const response = await post()
  expect([response.status, await response.json()]).toEqual([status, { detail: { msg } }])
  expect(errors).toEqual(status === 500 ? [error] : [])
})

test('a hanging transcriber is a 500 in bounded time, and the next request is served', async () => {
  transcriber.answer = pending
  expect((await post()).status).toBe(500)
  expect(transcriber.calls[0]?.signal?.aborted).toBe(true)
  transcriber.answer = () => Promise.resolve(transcript)
  expect((await post()).status).toBe(200)
})

test('one recording runs, one may wait, the next gets a Retry-After', async () => {
  transcriber.answer = pending
  const first = post()
  await expect.poll(() => transcriber.calls.length).toBe(1)
  const second = post()
  const third = await post()
  expect([third.status, Number(third.headers.get('retry-after'))]).toEqual([503, expect.any(Number)])
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(transcriber.calls).toHaveLength(1)
  finish.shift()!()
  expect((await first).status).toBe(200)
  await expect.poll(() => transcriber.calls.length).toBe(2)
  finish.shift()!()
  expect((await second).status).toBe(200)
})

test('an upload is refused before it is read if the queue is full', async () => {
  transcriber.answer = pending
  const waiting = [post(), post()]
  await expect.poll(metric('livepeer_ai_queue_waiting')).toBe(1)
  let reads = 0
  const start = '--b\r\nContent-Disposition: form-data; name="audio"; filename="a"\r\n\r\n'
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      reads++
      controller.enqueue(Buffer.from(reads === 1 ? start : 'x'.repeat(1000)))
    },
  })
  const headers = { authorization: 'Bearer x', 'content-type': 'multipart/form-data; boundary=b' }
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
  const response = await fetch(new Request('http://gateway/audio-to-text', init))
  expect(response.status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(reads).toBeLessThan(10)
  for (const end of finish.splice(0)) end()
  await expect.poll(() => finish.length).toBe(1)
  for (const end of finish.splice(0)) end()
  await Promise.all(waiting)
})

test.each([
  ['says when', 7, '7'],
  ['does not say when', undefined, '1'],
])('a busy transcriber that %s when to retry is a 503', async (_, seconds, retryAfter) => {
  transcriber.answer = () => Promise.reject(new TranscriberBusyError('http://engine answered 429', seconds))
  const response = await post()
  expect([response.status, response.headers.get('retry-after'), await response.json(), errors]).toEqual([
    503,
    retryAfter,
    { detail: { msg: 'Too many recordings are waiting.' } },
    [],
  ])
})

test('a client that disconnects in the queue is never transcribed', async () => {
  transcriber.answer = pending
  const first = post()
  await expect.poll(() => transcriber.calls.length).toBe(1)
  const away = new AbortController()
  const second = post({}, away.signal)
  await expect.poll(metric('livepeer_ai_queue_waiting')).toBe(1)
  away.abort()
  await second
  // The server has to notice that the client has gone.
  await expect.poll(metric('livepeer_ai_queue_waiting')).toBe(0)
  finish.shift()!()
  await first
  expect(transcriber.calls).toHaveLength(1)
  expect(errors).toEqual([])
})

test('a disconnected client stops its transcription', async () => {
  transcriber.answer = pending
  const away = new AbortController()
  const request = post({}, away.signal)
  await expect.poll(() => transcriber.calls.length).toBe(1)
  away.abort()
  await request
  expect(transcriber.calls[0]?.signal?.aborted).toBe(true)
})

test('/openapi.json describes the gateway under its own URL', async () => {
  const response = await fetch(new Request('http://gateway/openapi.json'))
  expect(await response.json()).toMatchObject({
    servers: [{ url: 'http://gateway' }],
    paths: { '/audio-to-text': expect.anything() },
    components: { schemas: { Body_genAudioToText: { properties: { model_id: { examples: models } } } } },
  })
})

test('/metrics counts a client that hung up as 499', async () => {
  transcriber.answer = pending
  const away = new AbortController()
  const request = post({}, away.signal)
  await expect.poll(() => transcriber.calls.length).toBe(1)
  away.abort()
  await request
  const count = (status: number) =>
    metric(`livepeer_ai_request_duration_seconds_count{operation="genAudioToText",status="${status}"}`)()
  expect([await count(499), await count(500)]).toEqual([1, NaN])
})

test('/metrics shows the threads, the pieces that wait, and the time from piece to text', async () => {
  transcriber.answer = (_, { onPiece }) => {
    onPiece?.(0.5)
    onPiece?.(1.5)
    return Promise.resolve(transcript)
  }
  await post()
  const names = ['threads', 'pieces_waiting', 'piece_duration_seconds_count', 'piece_duration_seconds_sum']
  expect(await Promise.all(names.map((name) => metric(`livepeer_ai_${name}`)()))).toEqual([3, 5, 2, 2])
})

test('/health reports the loading of the transcriber', async () => {
  const health = async () => {
    const response = await fetch(new Request('http://gateway/health'))
    return [response.status, await response.json()]
  }
  expect(await health()).toEqual([503, { status: 'LOADING', models: models }])
  const gateway = createGateway({ transcriber, models })
  await using server = await gateway.listen({ port: 0, host: '127.0.0.1' })
  await expect.poll(async () => (await globalThis.fetch(`${server.url}/health`)).status).toBe(200)
})

test('/metrics counts requests, recorded seconds and the time for each', async () => {
  await post()
  await post({ metadata: 'x' })
  expect(await metric('livepeer_ai_audio_seconds_total')()).toBe(2)
  expect(await metric('livepeer_ai_real_time_factor_count')()).toBe(1)
  expect(await metric('livepeer_ai_request_duration_seconds_count{operation="genAudioToText",status="400"}')()).toBe(1)
})

function metric(name: string): () => Promise<number> {
  return async () => {
    const text = await (await fetch(new Request('http://gateway/metrics'))).text()
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    )
  }
}

test.each([
  [false, 502],
  [true, 504],
])(
  'an engine that fails is for the client without its URL, for the log with it (timeout: %s)',
  async (isTimeout, status) => {
    const error = new EngineError('http://engine/v1', 'answered 500.', { isTimeout })
    transcriber.answer = () => Promise.reject(error)
    const response = await post()
    expect([response.status, await response.json(), errors]).toEqual([
      status,
      { detail: { msg: 'The server that transcribes answered 500.' } },
      [error],
    ])
    expect(error.message).toBe('http://engine/v1 answered 500.')
  },
)

test.each([
  [1, 200, 'OK'],
  [0, 503, 'ERROR'],
])('/health with %i servers that answer is %i', async (well, httpStatus, status) => {
  const engines = { total: 2, well }
  const gateway = createGateway({
    transcriber: Object.assign(transcriber, { countEngines: () => Promise.resolve(engines) }),
    models,
  })
  const response = await gateway.fetch(new Request('http://gateway/health'))
  expect([response.status, await response.json()]).toEqual([httpStatus, { status, models, engines }])
})
