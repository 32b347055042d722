import {
  createClient,
  GatewayError,
  InvalidResponseError,
  NetworkError,
  ResponseError,
  TimeoutError,
  type Client,
  type Transcript,
} from '@livepeer-ai/client'
import { toSrt } from '@livepeer-ai/client/captions'
import { livepeerStudio } from '@livepeer-ai/client/gateways'
import { expectTypeOf } from 'expect-type'

// This code never runs; the type checker is the test.

const client = createClient({
  baseUrl: new URL('https://gateway.example'),
  token: async () => 'token',
  timeoutMs: 1000,
})
expectTypeOf(client).toEqualTypeOf<Client>()
createClient({
  baseUrl: 'https://a.example',
  token: undefined,
  fallbacks: [{ baseUrl: 'https://b.example', token: 'b' }],
})
createClient({ gateway: 'livepeer-cloud', fallbacks: [{ gateway: livepeerStudio, token: 'b' }] })
createClient({ gateway: livepeerStudio, baseUrl: 'https://mine.example', checkFile: false })
// @ts-expect-error No gateway has this name.
createClient({ gateway: 'livepeer-studo' })
// @ts-expect-error A client requires a gateway.
createClient({ token: 'token' })
// @ts-expect-error The option is timeoutMs.
createClient({ baseUrl: 'https://gateway.example', timeout: 30 })

const transcript = await client.audioToText({ audio: 'speech.wav', returnTimestamps: 'word', metadata: { job: 1 } })
expectTypeOf(transcript).toEqualTypeOf<Transcript>()
expectTypeOf(transcript.text).toBeString()
expectTypeOf(transcript.chunks).items.toEqualTypeOf<{ timestamp: unknown[]; text: string }>()
expectTypeOf(transcript.response).toEqualTypeOf<Response>()
expectTypeOf(toSrt(transcript)).toBeString()

const file = new File([], 'speech.wav')
for (const audio of [
  file,
  new Blob(),
  new Uint8Array(),
  new ArrayBuffer(1),
  new URL('file:///speech.wav'),
  file.stream(),
  new Response(),
])
  await client.audioToText({
    audio,
    signal: AbortSignal.timeout(1),
    onUploadProgress: ({ loaded, total }) => loaded / (total ?? loaded),
  })
await client.audioToText({ audio: { stream: file.stream(), size: 7 } })
// @ts-expect-error The recording is missing.
await client.audioToText({ modelId: 'openai/whisper-large-v3' })
// @ts-expect-error Options are in camel case.
await client.audioToText({ audio: file, model_id: 'openai/whisper-large-v3' })
// @ts-expect-error A number is not a recording.
await client.audioToText({ audio: 7 })
// @ts-expect-error Only words and sentences have timestamps.
await client.audioToText({ audio: file, returnTimestamps: 'char' })

const { data, error, response } = await client.POST('/audio-to-text', {
  body: { audio: file, model_id: '' },
  retries: 0,
})
expectTypeOf(response).toEqualTypeOf<Response>()
if (data) expectTypeOf(data.chunks).items.toHaveProperty('timestamp')
else expectTypeOf(error).toEqualTypeOf<NonNullable<typeof error>>()
// @ts-expect-error The path does not exist.
await client.POST('/text-to-audio', { body: { audio: file } })
// @ts-expect-error The contract has no GET here.
await client.GET('/audio-to-text')
// @ts-expect-error The recording is missing.
await client.POST('/audio-to-text', { body: { model_id: '' } })

declare const thrown: unknown
if (thrown instanceof ResponseError) {
  expectTypeOf(thrown).toExtend<GatewayError>()
  expectTypeOf(thrown.raw).toBeUnknown()
  // @ts-expect-error Not every status has issues.
  void thrown.issues
  if (thrown.status === 422)
    expectTypeOf(thrown.issues).items.toEqualTypeOf<{ loc: (string | number)[]; msg: string; type: string }>()
  else if (thrown.status === 429 || thrown.status === 503)
    expectTypeOf(thrown.retryAfterMs).toEqualTypeOf<number | undefined>()
  else expectTypeOf(thrown.status).toExtend<number>()
  if (thrown.status === 410) {
    // @ts-expect-error 410 has no issues.
    void thrown.issues
  }
}
if (thrown instanceof TimeoutError) expectTypeOf(thrown.timeoutMs).toBeNumber()
if (thrown instanceof InvalidResponseError) expectTypeOf(thrown.raw).toBeString()
if (thrown instanceof NetworkError) expectTypeOf(thrown.cause).toBeUnknown()
if (thrown instanceof GatewayError) expectTypeOf(thrown.url).toBeString()
