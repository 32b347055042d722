import { EngineError, TranscriberError } from '../transcriber-error.ts'
import type { Engines, TranscribeOptions, Transcriber, TranscriberInput, Transcript } from '../transcriber.ts'
import { EngineRound } from './engine-round.ts'
import { Engine } from './engine.ts'
import { measureDuration } from './measure-duration.ts'
import { readTranscription } from './transcription/read-transcription.ts'
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
  readonly #model: string
  readonly #engines: readonly Engine[]
  readonly #round: EngineRound

  constructor({ baseUrl, model, apiKey, timeout = 300_000 }: ForwardingTranscriberOptions) {
    const urls = typeof baseUrl === 'string' ? [baseUrl] : baseUrl
    if (urls.length === 0) throw new TypeError('baseUrl is an empty list.')
    this.#model = model
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

  async transcribe(input: TranscriberInput, { words, signal }: TranscribeOptions): Promise<Transcript> {
    signal?.throwIfAborted()
    const { url, body } = await this.#round.run(async (engine) => ({
      url: engine.url,
      body: await engine.transcribe(this.#toForm(input, words), signal),
    }))
    const measure = () => measureDuration(input.bytes, signal)
    return readTranscription(body, { words, measure }).catch((error: Error) => {
      if (!(error instanceof UnusableTranscriptionError)) throw error
      throw new EngineError(url, `answered without a usable transcription: ${error.message}.`)
    })
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #toForm({ bytes, filename = 'audio', mediaType = 'application/octet-stream' }: TranscriberInput, words: boolean) {
    const form = new FormData()
    form.set('file', new File([Uint8Array.from(bytes)], filename, { type: mediaType }))
    form.set('model', this.#model)
    form.set('response_format', 'verbose_json')
    form.append('timestamp_granularities[]', 'segment')
    if (words) form.append('timestamp_granularities[]', 'word')
    return form
  }
}
