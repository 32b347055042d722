import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startMock } from '../index.ts'

const clips = new URL('../../../conformance/fixtures/speech/', import.meta.url)
const [wav, mp3] = await Promise.all(
  ['austen-0930.wav', 'austen-0930.mp3'].map(async (name) => new File([await readFile(new URL(name, clips))], name)),
)
const model = { model_id: 'openai/whisper-large-v3' }
const word = { return_timestamps: 'word' }

type Parts = Record<string, string | File>
interface Sent {
  parts?: Parts
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string
}
/** The status, or `'closed'` for a closed connection, and the body. */
type Answered = [status: number | 'closed', body: unknown]

async function send(
  url: string,
  { parts, method = 'POST', path = '/audio-to-text', headers = {}, body }: Sent,
): Promise<Answered> {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts ?? {})) form.append(name, part)
  const content = method === 'POST' ? { body: body ?? form } : {}
  try {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: 'Bearer right', ...headers },
      ...content,
    })
    const text = await response.text()
    return [response.status, text.startsWith('{') ? JSON.parse(text) : text]
  } catch {
    return ['closed', undefined]
  }
}

const error = (message: string) => ({ error: { message } })
const errors = (message: unknown) => ({ errors: [message] })
const msg = (text: string) => ({ detail: { msg: text } })
const transcript = expect.objectContaining({ text: expect.any(String) })

const rows: [gateway: string, what: string, sent: Sent, answered: Answered, states?: string[]][] = [
  ['ai-runner', 'a recording', { parts: { audio: wav! } }, [200, transcript]],
  ['ai-runner', 'no token', { parts: { audio: wav! }, headers: { authorization: '' } }, [401, expect.anything()]],
  [
    'ai-runner',
    'no token and no recording',
    { parts: word, headers: { authorization: '' } },
    [422, { detail: [expect.objectContaining({ type: 'missing' })] }],
  ],
  ['ai-runner', 'no recording', { parts: word }, [422, { detail: [expect.objectContaining({ input: null })] }]],
  ['ai-runner', 'GET', { method: 'GET' }, [405, { detail: 'Method Not Allowed' }]],
  ['ai-runner', 'another path', { method: 'GET', path: '/nowhere' }, [404, { detail: 'Not Found' }]],
  [
    'ai-runner',
    'malformed multipart',
    { body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=b' } },
    [422, { detail: [expect.objectContaining({ type: 'missing' })] }],
  ],
  [
    'ai-runner',
    'text for a recording',
    { parts: { audio: new File(['hello'], 'a.wav') } },
    [400, msg('Unable to calculate duration of file')],
  ],
  [
    'ai-runner',
    'metadata that is not JSON',
    { parts: { audio: wav!, metadata: 'x' } },
    [400, msg('Unable to calculate duration of file')],
  ],
  [
    'ai-runner',
    'no token where none is configured',
    { parts: { audio: wav! }, headers: { authorization: '' } },
    [200, transcript],
    ['no-token-configured'],
  ],
  [
    'ai-runner',
    'a transcript that breaks its schema',
    { parts: { audio: wav! } },
    [500, 'Internal Server Error'],
    ['malformed-transcript'],
  ],
  ['go-livepeer', 'an mp3 and a model', { parts: { audio: mp3!, ...model } }, [200, transcript]],
  ['go-livepeer', 'no token', { parts: { audio: mp3!, ...model }, headers: { authorization: '' } }, [200, transcript]],
  ['go-livepeer', 'GET', { method: 'GET' }, [200, '']],
  ['go-livepeer', 'a wav', { parts: { audio: wav!, ...model } }, [400, error('audio duration calculation failed')]],
  ['go-livepeer', 'no model', { parts: { audio: mp3! } }, [200, 'null\n']],
  ['go-livepeer', 'an empty model', { parts: { audio: mp3!, model_id: '' } }, ['closed', undefined]],
  ['go-livepeer', 'no recording', { parts: model }, [400, error('audio duration calculation failed')]],
  [
    'go-livepeer',
    'JSON',
    { body: '{}', headers: { 'content-type': 'application/json' } },
    [400, error("request Content-Type isn't multipart/form-data")],
  ],
  ['go-livepeer', 'no orchestrator', { parts: { audio: mp3!, ...model } }, ['closed', undefined], ['no-orchestrator']],
  [
    'go-livepeer',
    'a response that is lost on the way',
    { parts: { audio: mp3!, ...model } },
    [200, { chunks: null, text: '' }],
    ['undeclared-runner-answer'],
  ],
  [
    'go-livepeer',
    'an inference that fails',
    { parts: { audio: mp3!, ...model } },
    [400, error(expect.stringMatching(/^: Error during model execution/))],
    ['inference-fails'],
  ],
  [
    'livepeer-studio',
    'a recording at its path',
    { parts: { audio: mp3! }, path: '/api/beta/generate/audio-to-text' },
    [200, transcript],
  ],
  [
    'livepeer-studio',
    'a wrong token',
    { parts: { audio: mp3! }, headers: { authorization: 'Bearer wrong' } },
    [401, errors('no token wrong found')],
  ],
  [
    'livepeer-studio',
    'no token',
    { parts: { audio: mp3! }, headers: { authorization: '' } },
    [401, errors(expect.any(String))],
  ],
  [
    'livepeer-studio',
    'metadata',
    { parts: { audio: mp3!, metadata: '{}' } },
    [422, errors(expect.stringContaining('metadata'))],
  ],
  [
    'livepeer-studio',
    'return_timestamps=true',
    { parts: { audio: mp3!, return_timestamps: 'true' } },
    [422, errors(expect.stringContaining('must be string'))],
  ],
  ['livepeer-studio', 'return_timestamps=word', { parts: { audio: mp3!, ...word } }, [200, transcript]],
  [
    'livepeer-studio',
    'more than 10 MiB',
    { parts: { audio: new File([new Uint8Array(10 * 1024 * 1024 + 1)], 'a.mp3') } },
    [422, errors('File too large')],
  ],
  [
    'livepeer-studio',
    'JSON',
    { body: '{}', headers: { 'content-type': 'application/json' } },
    [422, errors('Expected multipart/form-data content-type')],
  ],
  [
    'livepeer-studio',
    'too many requests',
    { parts: { audio: mp3! } },
    [429, errors('Too many AI requests')],
    ['rate-limited'],
  ],
  ['retired', 'a recording', { parts: { audio: mp3! } }, [410, error(expect.any(String))]],
]

test.each(rows)('answers like %s: %s', async (gateway, _, sent, answered, states = []) => {
  await using mock = await startMock({ port: 0, gateway, token: 'right', states })
  expect(await send(mock.url, sent)).toEqual(answered)
})

test('a 429 has Retry-After', async () => {
  await using mock = await startMock({ port: 0, gateway: 'livepeer-studio', states: ['rate-limited'] })
  const body = new FormData()
  body.append('audio', mp3!)
  const init = { method: 'POST', body, headers: { authorization: 'Bearer x' } }
  const { headers } = await fetch(`${mock.url}/audio-to-text`, init)
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})

test('the silent 200 of go-livepeer has neither a body nor a media type', async () => {
  await using mock = await startMock({ port: 0, gateway: 'go-livepeer' })
  const response = await fetch(`${mock.url}/audio-to-text`)
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, null, ''])
})

test('ai-runner sends no CORS headers', async () => {
  await using runner = await startMock({ port: 0, gateway: 'ai-runner' })
  const response = await fetch(`${runner.url}/audio-to-text`, {
    method: 'POST',
    headers: { origin: 'https://app.example', authorization: 'Bearer x' },
    body: new FormData(),
  })
  expect(response.headers.has('access-control-allow-origin')).toBe(false)
})

test('lists calls with the uploaded files', async () => {
  await using mock = await startMock({ port: 0, gateway: 'go-livepeer' })
  await send(mock.url, { parts: { audio: wav!, ...model } })
  expect(mock.calls).toMatchObject([
    {
      status: 400,
      fields: model,
      files: [{ filename: 'austen-0930.wav', size: wav!.size, sha256: expect.stringMatching(/^[\da-f]{64}$/) }],
    },
  ])
})

test('an unknown gateway or state throws an error with the known ones', async () => {
  await expect(startMock({ port: 0, gateway: 'livepeer-studo' })).rejects.toThrow(
    "Unknown gateway 'livepeer-studo'. Did you mean 'livepeer-studio'?",
  )
  await expect(startMock({ port: 0, gateway: 'retired', states: ['x'] })).rejects.toThrow(
    "'retired' has no state 'x'. It has no states",
  )
  await expect(startMock({ port: 0, gateway: 'go-livepeer', states: ['x'] })).rejects.toThrow(
    /has no state 'x'. Known: runner-refuses, /,
  )
})

test('survives an aborted upload', async () => {
  await using mock = await startMock({ port: 0, gateway: 'ai-runner' })
  const { hostname, port } = new URL(mock.url)
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        'POST /audio-to-text HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 999\r\n\r\n--b\r\n',
      )
      setTimeout(() => socket.destroy(), 50)
    })
    socket.on('close', () => resolve())
  })
  expect((await send(mock.url, { parts: { audio: wav! } }))[0]).toBe(200)
})

test.each([
  ['account-suspended', 'user is suspended'],
  ['token-restricted', 'credential has insufficent privileges'],
])('with %s, Studio refuses a known token', async (state, message) => {
  await using mock = await startMock({ port: 0, gateway: 'livepeer-studio', states: [state], token: 'good' })
  const body = new FormData()
  body.append('audio', new File(['RIFF'], 'clip.wav'))
  const init = { method: 'POST', headers: { authorization: 'Bearer good' }, body }
  const response = await fetch(`${mock.url}/api/beta/generate/audio-to-text`, init)
  expect([response.status, await response.json()]).toEqual([403, { errors: [message] }])
})
