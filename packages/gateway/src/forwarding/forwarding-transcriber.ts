import {
  AudioTooLongError,
  TranscriberBusyError,
  TranscriberError,
  UnsupportedAudioError,
} from '../transcriber-error.ts'
import type { TranscribeOptions, Transcriber, TranscriberInput, Transcript } from '../transcriber.ts'
import { isVerboseTranscription, toTranscript } from './verbose-transcription.ts'

export interface ForwardingTranscriberOptions {
  /** The URL before `/audio/transcriptions`, for example `http://127.0.0.1:8000/v1`. */
  baseUrl: string
  /** The server's name for the model, for example `whisper-1`. */
  model: string
  /** Sent as bearer token. */
  apiKey?: string | undefined
  /**
   * Timeout in milliseconds. Default: 300000, the time that Node's fetch() waits for a response.
   */
  timeout?: number | undefined
}

/** Statuses that are about the audio. All other errors are about the server. */
const errors: Record<number, typeof TranscriberError> = {
  400: UnsupportedAudioError,
  413: AudioTooLongError,
  415: UnsupportedAudioError,
  422: UnsupportedAudioError,
}

/** Statuses that ask the client to come back later. */
const busy = new Set([429, 503])

/**
 * Transcribes with a server that has OpenAI's `POST /v1/audio/transcriptions`, such as whisper.cpp,
 * vLLM and Speaches.
 */
export class ForwardingTranscriber implements Transcriber {
  readonly #options: ForwardingTranscriberOptions
  readonly #url: string

  constructor(options: ForwardingTranscriberOptions) {
    this.#options = options
    this.#url = `${options.baseUrl.replace(/\/+$/, '')}/audio/transcriptions`
  }

  load(): Promise<void> {
    return Promise.resolve()
  }

  async transcribe(input: TranscriberInput, { words, signal }: TranscribeOptions): Promise<Transcript> {
    signal?.throwIfAborted()
    const { status, body, retryAfter } = await this.#post(this.#toForm(input, words), signal)
    if (status !== 200) {
      const reason = errorMessage(body)
      const answer = `answered ${status}${reason && `: ${reason}`}`
      // Messages about the audio go to the client. They must not reveal the URL of the server.
      if (errors[status]) throw new errors[status](`The server that transcribes ${answer}`)
      if (busy.has(status)) throw new TranscriberBusyError(`${this.#url} ${answer}`, retryAfter)
      throw new TranscriberError(`${this.#url} ${answer}`)
    }
    const transcription = parseJson(body)
    if (!isVerboseTranscription(transcription)) {
      throw new TranscriberError(`${this.#url} answered 200 without a verbose_json transcription.`)
    }
    return toTranscript(transcription, words)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #toForm({ bytes, filename = 'audio', mediaType = 'application/octet-stream' }: TranscriberInput, words: boolean) {
    const form = new FormData()
    form.set('file', new File([Uint8Array.from(bytes)], filename, { type: mediaType }))
    form.set('model', this.#options.model)
    form.set('response_format', 'verbose_json')
    form.append('timestamp_granularities[]', 'segment')
    if (words) form.append('timestamp_granularities[]', 'word')
    return form
  }

  async #post(form: FormData, signal: AbortSignal | undefined) {
    const { apiKey, timeout = 300_000 } = this.#options
    const limit = AbortSignal.timeout(timeout)
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
        body: form,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      const seconds = Number(response.headers.get('retry-after') ?? NaN)
      const retryAfter = seconds >= 0 ? Math.ceil(seconds) : undefined
      return { status: response.status, body: await response.text(), retryAfter }
    } catch (cause) {
      signal?.throwIfAborted()
      const problem = limit.aborted ? `did not answer within ${timeout} ms` : 'cannot be reached'
      throw new TranscriberError(`${this.#url} ${problem}.`, { cause })
    }
  }
}

/**
 * Returns the message of OpenAI's error body (`{ error: { message } }`) or of its variants (`{
 * error }`, `{ detail }`, `{ message }`).
 */
function errorMessage(body: string): string {
  const { error, detail, message } = (parseJson(body) ?? {}) as Record<string, unknown>
  const inner = typeof error === 'object' && error !== null && 'message' in error ? error.message : error
  const found = [inner, detail, message].find((value) => typeof value === 'string')
  return found?.slice(0, 200) ?? ''
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
