import { EngineError, TranscriberError } from '../transcriber-error.ts'
import type {
  Engines,
  StreamedInput,
  Streaming,
  TranscribeOptions,
  Transcriber,
  TranscriberInput,
  Transcript,
} from '../transcriber.ts'
import { listFields, type Demand } from './demand.ts'
import { EngineRound } from './engine-round.ts'
import { Engine } from './engine.ts'
import { streamForm, type EngineBody } from './form-body.ts'
import { measureDuration } from './measure-duration.ts'
import { readTranscription, type ReadOptions } from './transcription/read-transcription.ts'
import { UnusableTranscriptionError } from './transcription/unusable-transcription-error.ts'

export interface ForwardingTranscriberOptions {
  /**
   * The URL before `/audio/transcriptions`, for example `http://127.0.0.1:8000/v1`. Several servers
   * take recordings by turns.
   */
  baseUrl: string | readonly string[]
  /** The server's name for the model, for example `whisper-1`. */
  model: string
  /** Sent as bearer token. */
  apiKey?: string | undefined
  /**
   * Timeout in milliseconds. Default: 300000, the time that Node's fetch() waits for a response.
   */
  timeout?: number | undefined
}

/** Recordings at the same time for each server. Most have a queue of their own. */
const concurrencyOfEngine = 8

/**
 * Transcribes with servers that have OpenAI's `POST /v1/audio/transcriptions`, such as whisper.cpp,
 * vLLM and Speaches.
 */
export class ForwardingTranscriber implements Transcriber {
  readonly concurrency: number
  readonly models: readonly string[]
  readonly #model: string
  readonly #engines: readonly Engine[]
  readonly #round: EngineRound

  constructor({ baseUrl, model, apiKey, timeout = 300_000 }: ForwardingTranscriberOptions) {
    const urls = typeof baseUrl === 'string' ? [baseUrl] : baseUrl
    if (urls.length === 0) throw new TypeError('baseUrl is an empty list.')
    this.#model = model
    this.models = [model]
    this.#engines = urls.map((url) => new Engine({ baseUrl: url, apiKey, timeout }))
    this.#round = new EngineRound(this.#engines)
    this.concurrency = urls.length * concurrencyOfEngine
  }

  /** Rejects if a server cannot transcribe. The others do, and it may recover. */
  async load(): Promise<void> {
    const problems = await this.#round.check()
    if (problems.length > 0) throw new TranscriberError(problems.map(({ message }) => message).join(' '))
  }

  async countEngines(): Promise<Engines> {
    const total = this.#engines.length
    return { total, well: total - (await this.#round.check()).length }
  }

  get streaming(): Streaming {
    return { isReady: this.#round.canStream, transcribe: (input, options) => this.#transcribeStream(input, options) }
  }

  async transcribe(input: TranscriberInput, { words, signal }: TranscribeOptions): Promise<Transcript> {
    signal?.throwIfAborted()
    const { engine, body } = await this.#round.run(async (next) => ({
      engine: next,
      body: await next.transcribe((demand) => this.#toForm(input, words, demand), signal),
    }))
    return read(engine, body, { words, measure: () => measureDuration(input.bytes, signal) })
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  /** Sends the recording to one server while it arrives. Nothing is kept to send it again. */
  async #transcribeStream(input: StreamedInput, options: Promise<TranscribeOptions>): Promise<Transcript> {
    const over = new AbortController()
    const cancel = (reason: unknown) => over.abort(reason)
    options.then(({ signal }) => signal && onAbort(signal, cancel)).catch(cancel)
    const chunks = cancelOnError(input.chunks, cancel)
    const { engine, body } = await this.#round.runOnce(async (next) => ({
      engine: next,
      body: await next.transcribe((demand) => {
        const fields = options.then(({ words }) => listFields(this.#model, words, demand))
        fields.catch(() => {})
        return streamForm({ ...input, chunks }, fields)
      }, over.signal),
    }))
    const { words } = await options
    return read(engine, body, { words, measure: () => Promise.resolve(undefined) })
  }

  #toForm(input: TranscriberInput, words: boolean, demand: Demand): EngineBody {
    const { bytes, filename = 'audio', mediaType = 'application/octet-stream' } = input
    const form = new FormData()
    form.set('file', new File([Uint8Array.from(bytes)], filename, { type: mediaType }))
    for (const [name, value] of listFields(this.#model, words, demand)) form.append(name, value)
    return { body: form, headers: {} }
  }
}

async function read(engine: Engine, body: unknown, options: ReadOptions): Promise<Transcript> {
  return readTranscription(body, options).catch((error: Error) => {
    if (!(error instanceof UnusableTranscriptionError)) throw error
    throw new EngineError(engine.url, `answered without a usable transcription: ${error.message}.`)
  })
}

function onAbort(signal: AbortSignal, cancel: (reason: unknown) => void): void {
  if (signal.aborted) cancel(signal.reason)
  signal.addEventListener('abort', () => cancel(signal.reason), { once: true })
}

/** A client that hangs up is no failure of the server that transcribes. */
async function* cancelOnError(
  chunks: AsyncIterable<Uint8Array>,
  cancel: (reason: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (error) {
    cancel(error)
    throw error
  }
}
