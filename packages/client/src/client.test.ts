import { expect, test } from 'vitest'
import { createClient as createBrowserClient } from './entry/browser.ts'
import { createClient, NetworkError } from './index.ts'
import { answer, formOf, testGateway, transcript } from './testing/test-gateway.ts'

const audio = new File(['RIFF----WAVE'], 'speech.wav')

test('audioToText() sends the recording and the fields as multipart parts, and resolves to the transcript', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const client = createClient({ baseUrl: `${baseUrl}/`, token: async () => 'secret' })
  const result = await client.audioToText({
    audio,
    modelId: 'openai/whisper-large-v3',
    returnTimestamps: 'word',
    metadata: { job: 7 },
  })
  expect(result).toEqual(transcript)
  expect(result.response).toMatchObject({ status: 200, url: `${baseUrl}/audio-to-text` })
  expect(await result.response.json()).toEqual(transcript)
  const [request] = requests
  expect(request?.line).toBe('POST /audio-to-text')
  expect(request?.headers.authorization).toBe('Bearer secret')
  const { audio: file, ...fields } = Object.fromEntries(await formOf(request))
  expect(fields).toEqual({ model_id: 'openai/whisper-large-v3', return_timestamps: 'word', metadata: '{"job":7}' })
  expect(file).toMatchObject({ name: 'speech.wav', type: 'audio/wav', size: 12 })
})

test('audioToText() sends only the given fields', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  await createClient({ baseUrl }).audioToText({ audio })
  expect([...(await formOf(requests[0])).keys()]).toEqual(['audio'])
  expect(requests[0]?.headers).not.toHaveProperty('authorization')
})

test('audioToText() keeps unknown members of the transcript', async () => {
  const { baseUrl } = await testGateway(answer(200, { ...transcript, language: 'en' }))
  await expect(createClient({ baseUrl }).audioToText({ audio })).resolves.toHaveProperty('language', 'en')
})

test('POST() resolves to the data, or to the error that the contract describes', async () => {
  const refusal = { detail: { msg: 'no such model' } }
  const { requests, baseUrl } = await testGateway(answer(200, transcript), answer(400, refusal))
  const client = createClient({ baseUrl, token: 'secret' })
  const body = { audio, model_id: 'tiny' }
  expect(await client.POST('/audio-to-text', { body })).toMatchObject({ data: transcript, response: { status: 200 } })
  expect(await client.POST('/audio-to-text', { body })).toMatchObject({ error: refusal, response: { status: 400 } })
  expect((await formOf(requests[0])).get('model_id')).toBe('tiny')
  expect(requests[1]?.headers.authorization).toBe('Bearer secret')
})

test('POST() sends a FormData unchanged', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const form = new FormData()
  form.set('audio', audio)
  // @ts-expect-error The type requires fields, but JavaScript callers may pass anything.
  await createClient({ baseUrl }).POST('/audio-to-text', { body: form })
  expect((await formOf(requests[0])).get('audio')).toMatchObject({ name: 'speech.wav' })
})

test('POST() sends a serialized body unchanged', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const form = new FormData()
  form.set('audio', audio)
  await createClient({ baseUrl }).POST('/audio-to-text', { body: { audio }, bodySerializer: () => form })
  expect((await formOf(requests[0])).get('audio')).toMatchObject({ name: 'speech.wav' })
})

test('hooks see every attempt, may add headers, and never see the token', async () => {
  const { requests, baseUrl } = await testGateway(answer(503, '', { 'retry-after': '0' }), answer(200, transcript))
  const seen: string[] = []
  const client = createClient({
    baseUrl,
    token: 'secret',
    onRequest({ method, url, headers, attempt }) {
      headers.set('x-request-id', `r${attempt}`)
      seen.push(`${method} ${url} ${attempt}`)
    },
    async onResponse(response, { headers, attempt }) {
      expect(headers.has('authorization')).toBe(false)
      seen.push(`${response.status} ${(await response.clone().text()).length > 0} ${attempt}`)
    },
  })
  await client.audioToText({ audio })
  const line = `POST ${baseUrl}/audio-to-text`
  expect(seen).toEqual([`${line} 1`, '503 false 1', `${line} 2`, '200 true 2'])
  expect(requests.map(({ headers }) => headers['x-request-id'])).toEqual(['r1', 'r2'])
})

test('a token function is asked once for each attempt', async () => {
  const { requests, baseUrl } = await testGateway(answer(503, '', { 'retry-after': '0' }), answer(200, transcript))
  const tokens = ['first', 'second']
  await createClient({ baseUrl, token: () => String(tokens.shift()) }).audioToText({ audio })
  expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second'])
})

test.each([
  'nowhere',
  'ftp://gateway.example',
  'https://user:secret@gateway.example',
  'https://gateway.example?key=secret',
])('createClient() rejects the base URL %s without repeating it', (baseUrl) => {
  expect(() => createClient({ baseUrl })).toThrow(/^baseUrl must be an http or https URL$/)
})

test.each([
  [{ retries: -1 }, 'retries must be a whole number from 0'],
  [{ retries: 0.5 }, 'retries must be a whole number from 0'],
  [{ retries: NaN }, 'retries must be a whole number from 0'],
  [{ timeoutMs: 0 }, 'timeoutMs must be 1 to 2147483647 ms'],
  [{ timeoutMs: Infinity }, 'timeoutMs must be 1 to 2147483647 ms'],
])('rejects %j, for a client and for a call', async (options, message) => {
  const baseUrl = 'http://127.0.0.1:1001'
  expect(() => createClient({ baseUrl, ...options })).toThrow(new TypeError(message))
  await expect(createClient({ baseUrl }).audioToText({ audio, ...options })).rejects.toEqual(new TypeError(message))
})

test('in a browser, a gateway cannot be given by its name', () => {
  // @ts-expect-error Names are accepted in Node only.
  expect(() => createBrowserClient({ gateway: 'livepeer-studio' })).toThrow(
    'gateway must be a profile from @livepeer-ai/client/gateways',
  )
})

test('names the missing URL if there are no options', () => {
  // @ts-expect-error The options are required.
  expect(() => createClient()).toThrow('baseUrl must be an http or https URL')
})

test('rejects an invalid token without repeating it', async () => {
  const client = createClient({ baseUrl: 'http://127.0.0.1:9', token: 'secret\n' })
  await expect(client.audioToText({ audio })).rejects.toThrow(/^The token has an invalid character(?!.*secret)/s)
})

test('a host name whose addresses all refuse gives one clear line', async () => {
  const client = createClient({ baseUrl: 'http://localhost:1001', retries: 0 })
  await expect(client.audioToText({ audio })).rejects.toThrow(
    /^POST http:\/\/localhost:1001\/audio-to-text failed: connect ECONNREFUSED [^ ]+$/,
  )
  await expect(client.audioToText({ audio })).rejects.toBeInstanceOf(NetworkError)
})
