import { extname } from 'node:path'
import { includedModel } from '../included-model.ts'
import { TranscriberError, UnsupportedAudioError } from '../transcriber-error.ts'
import type { Activity, TranscribeOptions, Transcriber, TranscriberInput, Transcript } from '../transcriber.ts'
import { allowedThreads } from './allowed-threads.ts'
import type { StepLimits } from './jobs/watchdog.ts'
import type { ModelOptions, ModelSource } from './model-options.ts'
import { Preparation } from './preparation.ts'
import { RecognizerPool } from './recognizer-pool.ts'
import { transcribeRecording } from './recording.ts'

export interface WorkerTranscriberOptions {
  /** Threads that recognize speech; default: one per core, as far as memory allows. */
  threads?: number | undefined
  /** Limit in seconds. Longer recordings are rejected with an AudioTooLongError. Default: 3600. */
  maxDuration?: number | undefined
  /** The models; default: that of `@livepeer-ai/model`. Calls use the first one by default. */
  models?: readonly ModelSource[] | undefined
  /** The program that decodes AAC and other formats: a name, or a path. Default: `ffmpeg`. */
  ffmpeg?: string | undefined
  /** Time without progress after which a thread is stopped, in milliseconds. Default: 60000. */
  stallTimeout?: number | undefined
}

/** The modules of the threads. The compiled files have another extension. */
export interface ThreadModules {
  preparation: URL
  recognition: URL
}

const moduleOf = (name: string) => new URL(`./${name}${extname(import.meta.url)}`, import.meta.url)
const modelThreads: ThreadModules = {
  preparation: moduleOf('preparation-thread'),
  recognition: moduleOf('recognition-thread'),
}

/** Decoders take far smaller steps. On a busy machine, a thread waits long for its turn. */
const decodingLimits = { cpuTimeout: 2000, stallTimeout: 20_000 } satisfies StepLimits
/** Recordings decoded at the same time. Each takes the memory of its file and a decoder. */
const maxRecordings = 16

const closed = 'The transcriber is closed.'

/**
 * Transcribes in worker threads, so that the calling thread stays responsive. One thread decodes
 * recordings and finds speech; the others recognize it piece by piece. The recording that has had
 * the least goes first. If a thread dies or hangs, only the recording that it worked on fails.
 */
export class WorkerTranscriber implements Transcriber {
  readonly concurrency: number = maxRecordings
  readonly models: readonly string[]
  readonly #preparation: Preparation<ModelOptions>
  readonly #pool: RecognizerPool<ModelOptions>
  readonly #cancelAll = new AbortController()

  constructor(options: WorkerTranscriberOptions = {}, modules: ThreadModules = modelThreads) {
    const {
      models = [{ name: includedModel }],
      threads = allowedThreads({ models: models.length }),
      maxDuration = 3600,
      ffmpeg = 'ffmpeg',
      stallTimeout = 60_000,
    } = options
    this.models = models.map(({ name }) => name)
    const model: ModelOptions = { maxDuration, ffmpeg, models }
    const stall = `made no progress for ${stallTimeout} ms and was stopped.`
    this.#preparation = new Preparation({
      module: modules.preparation,
      options: model,
      stallTimeout: Math.min(decodingLimits.stallTimeout, stallTimeout),
      cpuTimeout: Math.min(decodingLimits.cpuTimeout, stallTimeout),
      stallError: () => new UnsupportedAudioError('The file holds up its decoder.'),
    })
    this.#pool = new RecognizerPool(threads, {
      module: modules.recognition,
      options: model,
      stallTimeout,
      stallError: () => new TranscriberError(`The recognizer ${stall}`),
    })
  }

  get activity(): Activity {
    return this.#pool.activity
  }

  async load(): Promise<void> {
    await Promise.all([this.#preparation.load(), this.#pool.load()])
  }

  async transcribe(input: TranscriberInput, options: TranscribeOptions): Promise<Transcript> {
    options.signal?.throwIfAborted()
    const { signal } = this.#cancelAll
    signal.throwIfAborted()
    return transcribeRecording(
      input,
      { preparation: this.#preparation, pool: this.#pool },
      {
        ...options,
        signal: options.signal ? AbortSignal.any([options.signal, signal]) : signal,
      },
    )
  }

  /** Rejects all calls. */
  async close(): Promise<void> {
    this.#cancelAll.abort(new TranscriberError(closed))
    await Promise.all([this.#preparation.close(), this.#pool.close()])
  }
}
