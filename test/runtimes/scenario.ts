import {
  createClient,
  FileError,
  GatewayError,
  InvalidResponseError,
  NetworkError,
  ResponseError,
  TimeoutError,
  type AudioToTextOptions,
  type CallOptions,
  type Client,
  type UploadProgress,
} from '@livepeer-ai/client'
import { toVtt } from '@livepeer-ai/client/captions'

/** The environment of the scenario: base URLs and differences between runtimes. */
export interface Place {
  gateway: string
  elsewhere: string
  nowhere: string
  /** A file with the bytes of `recording()`, in runtimes with files. */
  path?: string
  isBrowser?: boolean
  /** True if the runtime sends no Content-Length there. */
  isChunked?: boolean
}

/**
 * Uses the client like an app, in the same way in every runtime. Resolves to a list of failures.
 */
export async function scenario({
  gateway,
  elsewhere,
  nowhere,
  path,
  isBrowser = false,
  isChunked = false,
}: Place): Promise<string[]> {
  const problems: string[] = []
  const sha256 = await digest(recording())
  const client = (behaviour: string, options?: CallOptions) =>
    createClient({ baseUrl: `${gateway}/${behaviour}`, token: 'secret', ...options })

  const steps: Record<string, () => Promise<unknown>> = {
    async 'a File arrives whole, with its name and type, and the fields'() {
      const audio = new File([recording()], 'täst "1".wav')
      const sent = await transcribe(client('echo'), {
        audio,
        modelId: 'tiny',
        returnTimestamps: 'word',
        metadata: { a: 1 },
      })
      equal(sent, { name: 'täst "1".wav', type: 'audio/wav', sha256, authorization: 'Bearer secret' })
      equal(sent.fields, { model_id: 'tiny', return_timestamps: 'word', metadata: '{"a":1}' })
      equal(sent, { contentLength: isChunked ? null : String(sent.bytes) })
    },
    async 'bytes arrive whole, named after what they are'() {
      equal(await transcribe(client('echo'), { audio: recording() }), { name: 'audio.wav', type: 'audio/wav', sha256 })
    },
    async 'an ArrayBuffer arrives whole'() {
      equal(await transcribe(client('echo'), { audio: recording().buffer }), { name: 'audio.wav', sha256 })
    },
    async 'a Blob arrives whole, and keeps its type'() {
      const audio = new Blob([recording()], { type: 'audio/x-wav' })
      equal(await transcribe(client('echo'), { audio }), { name: 'audio.wav', type: 'audio/x-wav', sha256 })
    },
    async 'a stream arrives whole'() {
      const audio = new Blob([recording()]).stream()
      equal(await transcribe(client('echo'), { audio }), { name: 'audio.wav', sha256 })
    },
    async 'a stream of known size arrives whole'() {
      const bytes = recording()
      const audio = { stream: new Blob([bytes]).stream(), size: bytes.length, name: 'live.wav' }
      equal(await transcribe(client('echo'), { audio }), { name: 'live.wav', sha256 })
    },
    async 'a Response arrives whole'() {
      const audio = new Response(recording(), { headers: { 'content-type': 'audio/x-wav' } })
      equal(await transcribe(client('echo'), { audio }), { type: 'audio/x-wav', sha256 })
    },
    async 'a file arrives by its path, or is refused where there are none'() {
      const call = client('echo').audioToText({ audio: path ?? '/talk.wav' })
      if (path) equal(JSON.parse((await call).text), { name: 'talk.wav', type: 'audio/wav', sha256 })
      else await rejects(call, FileError, /^\/talk\.wav cannot be opened: this runtime has no files/)
    },
    async 'a file arrives by its URL'() {
      if (path)
        equal(await transcribe(client('echo'), { audio: new URL(`file://${path}`) }), { name: 'talk.wav', sha256 })
    },
    async 'a fetch of the caller may keep what it reads'() {
      let kept: unknown
      const fetch: typeof globalThis.fetch = async (url, init) => {
        kept = (await new Request(url, init).formData()).get('audio')
        return Response.json({ text: '', chunks: [] })
      }
      if (!path) return
      await client('echo', { fetch }).audioToText({ audio: path })
      equal(await digest(new Uint8Array(await (kept as File).arrayBuffer())), sha256)
    },
    async 'progress ends with all of the body'() {
      const seen: UploadProgress[] = []
      const sent = await transcribe(client('echo'), {
        audio: recording(),
        onUploadProgress: (it) => seen.push(it),
      })
      equal(seen.at(-1), { loaded: sent.bytes, total: sent.bytes })
      equal(sent, { sha256, authorization: 'Bearer secret' })
    },
    async 'busy, then fine'() {
      equal(await transcribe(client('busy'), { audio: recording() }), { sha256 })
    },
    async 'a redirect is not followed, and the token stays'() {
      await rejects(
        client('redirect').audioToText({ audio: recording() }),
        NetworkError,
        /its redirect is not followed/,
      )
      equal(await seenAt(elsewhere), [])
    },
    async 'a redirect during progress does not carry the token away'() {
      const call = client('redirect').audioToText({ audio: recording(), onUploadProgress: () => {} })
      await rejects(call, NetworkError, /its redirect is not followed/)
      const seen = await seenAt(elsewhere)
      equal(
        seen.filter((it) => it.includes('secret')),
        [],
      )
    },
    async 'validation issues are told'() {
      const error = await rejects(
        client('invalid').audioToText({ audio: recording() }),
        ResponseError,
        /answered 422, body.audio: Field required$/,
      )
      equal(error, { status: 422, issues: [{ loc: ['body', 'audio'], msg: 'Field required', type: 'missing' }] })
    },
    async 'a good answer that is HTML is refused'() {
      await rejects(client('html').audioToText({ audio: recording() }), InvalidResponseError, /it is not JSON$/)
    },
    async 'time runs out'() {
      await rejects(
        client('never').audioToText({ audio: recording(), timeoutMs: 200 }),
        TimeoutError,
        /timed out after 200 ms$/,
      )
    },
    async 'a stream that is no longer needed is cancelled'() {
      let isCancelled = false
      const stream = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
        cancel: () => void (isCancelled = true),
      })
      if (isBrowser) return
      await rejects(
        client('stuck').audioToText({ audio: stream, timeoutMs: 500 }),
        TimeoutError,
        /timed out after 500 ms$/,
      )
      await until(() => isCancelled)
    },
    async 'a stream is cancelled when the answer comes before its end'() {
      let isCancelled = false
      const stream = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
        cancel: () => void (isCancelled = true),
      })
      if (isBrowser) return
      // workerd delivers a response only after the whole request.
      const call = client('early').audioToText({ audio: stream, timeoutMs: 2000 })
      await rejects(call, GatewayError, /answered 413|timed out/)
      await until(() => isCancelled)
    },
    async 'an abort ends the call with its reason'() {
      const controller = new AbortController()
      const call = client('never').audioToText({ audio: recording(), signal: controller.signal })
      setTimeout(() => controller.abort(new Error('enough')), 100)
      await rejects(call, Error, /^enough$/)
    },
    async 'what may be billed is not sent twice'() {
      await rejects(client('reset').audioToText({ audio: recording() }), NetworkError, /./)
      const seen = await seenAt(gateway)
      equal(
        seen.filter((it) => it.startsWith('reset')),
        ['reset Bearer secret'],
      )
    },
    async 'a gateway that is not there is told in one line'() {
      const error = await rejects(
        createClient({ baseUrl: nowhere, retries: 0 }).audioToText({ audio: recording() }),
        NetworkError,
        /^POST \S+ failed: .+$/,
      )
      equal(error.message.includes('\n'), false)
    },
    async 'another gateway steps in for one that is not there'() {
      // Browsers do not report how much was sent.
      const retryBilled = isBrowser
      const both = createClient({
        baseUrl: nowhere,
        token: 'first',
        retryBilled,
        fallbacks: [{ baseUrl: `${gateway}/echo`, token: 'second' }],
      })
      equal(await transcribe(both, { audio: recording() }), { sha256, authorization: 'Bearer second' })
      equal(await transcribe(both, { audio: recording().subarray(0, 100) }), { authorization: 'Bearer second' })
    },
    async 'POST() gives values'() {
      const { data, response } = await client('echo').POST('/audio-to-text', {
        body: { audio: new Blob([recording()]) },
      })
      equal([typeof data?.text, response.status], ['string', 200])
    },
    async 'a transcript becomes captions'() {
      const transcript = await client('echo').audioToText({ audio: recording() })
      equal(toVtt(transcript), 'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello.\n')
    },
  }

  for (const [name, step] of Object.entries(steps))
    await step().catch((error: unknown) =>
      problems.push(`${name}: ${error instanceof Error ? error.stack : String(error)}`),
    )
  return problems
}

/** Returns a recording of some hundred kilobytes. All its pieces differ. */
export function recording() {
  const bytes = new Uint8Array(300_008).map((_, index) => index % 251)
  bytes.set(new TextEncoder().encode('RIFF----WAVE'))
  return bytes
}

export async function seenAt(url: string): Promise<string[]> {
  return (await (await fetch(`${url}/seen`)).json()) as string[]
}

async function transcribe(client: Client, options: AudioToTextOptions) {
  return JSON.parse((await client.audioToText(options)).text) as { fields: object; bytes: number }
}

export async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digested = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digested, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Throws if the actual value lacks a part of the expected value. */
function equal(actual: unknown, expected: unknown): void {
  const part = isObject(actual) && isObject(expected) ? Object.keys(expected).map((key) => actual[key]) : actual
  const wanted = isObject(actual) && isObject(expected) ? Object.values(expected) : expected
  const [is, should] = [JSON.stringify(part), JSON.stringify(wanted)]
  if (is !== should) throw new Error(`${is} is not ${should}`)
}

/** Waits until a condition holds, also on a busy machine. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries === 100) throw new Error(`it did not happen: ${String(isTrue)}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function rejects(
  promise: Promise<unknown>,
  type: abstract new (...args: never) => Error,
  message: RegExp,
): Promise<Error> {
  const error = await promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof type) || !message.test(error.message) || error.message.includes('secret'))
    throw new Error(`${String(error)} is no ${type.name} with ${String(message)}`)
  return error
}
