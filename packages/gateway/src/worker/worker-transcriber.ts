import { extname } from 'node:path'
import type { ModelTranscriberOptions } from '../model/model-transcriber.ts'
import { AudioTooLongError, TranscriberError, UnsupportedAudioError } from '../transcriber-error.ts'
import type { TranscribeOptions, Transcriber, TranscriberInput, Transcript } from '../transcriber.ts'
import type { Call, Outcome } from './messages.ts'
import { TranscriberThread } from './transcriber-thread.ts'

export interface WorkerTranscriberOptions extends ModelTranscriberOptions {
  /** Time without progress after which a thread is stopped, in milliseconds. Default: 60000. */
  stallTimeout?: number
  /** A module that calls `serveTranscriber`. Default: the one with the speech model. */
  thread?: URL
}

type Steps = Pick<TranscribeOptions, 'signal' | 'onStep'>

/** The compiled file has another extension. */
const modelThread = new URL(`./model-thread${extname(import.meta.url)}`, import.meta.url)

const errors: Record<string, typeof TranscriberError> = { AudioTooLongError, UnsupportedAudioError }

/**
 * Transcribes in a worker thread, one recording after the other, so that the calling thread stays
 * responsive. If the thread dies or hangs, its recording fails with a TranscriberError, and the
 * next recording gets a new thread.
 */
export class WorkerTranscriber implements Transcriber {
  readonly #startThread: () => TranscriberThread
  #thread: TranscriberThread | undefined
  /** Settles when all calls so far are over; never rejects. */
  #turn: Promise<unknown> = Promise.resolve()
  #loading: Promise<unknown> | undefined
  #isClosed = false

  constructor({ stallTimeout = 60_000, thread = modelThread, ...options }: WorkerTranscriberOptions = {}) {
    this.#startThread = () => new TranscriberThread(thread, options, stallTimeout)
  }

  async load(): Promise<void> {
    this.#loading ??= this.#enqueue(() => ({ type: 'load' }), {}).catch((error: unknown) => {
      this.#loading = undefined
      throw error
    })
    await this.#loading
  }

  async transcribe(input: TranscriberInput, { words, transfer, ...options }: TranscribeOptions): Promise<Transcript> {
    options.signal?.throwIfAborted()
    // Bytes that may not be moved are copied when their turn comes.
    const bytes = () => (transfer ? input.bytes : Uint8Array.from(input.bytes))
    const call = this.#enqueue(() => ({ type: 'transcribe', input: { ...input, bytes: bytes() }, words }), options)
    const outcome = await (options.signal ? orAbort(call, options.signal) : call)
    if (outcome.type !== 'transcript') throw new TranscriberError(`The thread answered with "${outcome.type}".`)
    return outcome.transcript
  }

  /** Rejects the running and the waiting calls. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#thread?.end(closed)
  }

  #enqueue(call: () => Call, options: Steps): Promise<Outcome> {
    const outcome = this.#turn.then(() => this.#perform(call, options))
    this.#turn = outcome.catch(() => {})
    return outcome
  }

  async #perform(call: () => Call, { signal, onStep }: Steps): Promise<Outcome> {
    signal?.throwIfAborted()
    if (this.#isClosed) throw new TranscriberError(closed)
    if (!this.#thread?.isAlive) this.#thread = this.#startThread()
    const thread = this.#thread
    const abort = () => thread.abort()
    signal?.addEventListener('abort', abort)
    try {
      const outcome = await thread.call(call(), onStep)
      if (outcome.type === 'failure') throw new (errors[outcome.name] ?? TranscriberError)(outcome.message)
      return outcome
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }
}

const closed = 'The transcriber is closed.'

/** The call continues until the thread notices; the caller does not wait for that. */
function orAbort(call: Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort)
    call.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
