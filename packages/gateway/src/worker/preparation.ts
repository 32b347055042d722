import type { Piece } from '../model/detection/find-speech.ts'
import { JobThread, type Job, type ThreadOptions } from './jobs/job-thread.ts'

type Preparing = Job<Uint8Array, Piece, number>

/**
 * Decodes recordings and finds their speech in a thread of its own, several by turns. If the thread
 * ends, the recording at which it ended fails, and the others begin again in a new thread.
 */
export class Preparation<Options> {
  readonly #options: ThreadOptions<Options>
  #thread: JobThread<Options, Uint8Array, Piece, number> | undefined
  #lastJob = 0

  constructor(options: ThreadOptions<Options>) {
    this.#options = options
  }

  async load(): Promise<void> {
    await this.#start().loaded
  }

  /** Prepares a recording. Returns its number. */
  run(job: Preparing): number {
    const number = ++this.#lastJob
    this.#start().run(number, job)
    return number
  }

  /** Allows one more piece of a recording. */
  more(number: number): void {
    this.#thread?.more(number)
  }

  cancel(number: number): void {
    this.#thread?.cancel(number)
  }

  async close(): Promise<void> {
    await this.#thread?.terminate()
  }

  #start(): JobThread<Options, Uint8Array, Piece, number> {
    if (!this.#thread?.isAlive) {
      this.#thread = new JobThread(this.#options, (others) => {
        for (const [number, job] of others) this.#start().run(number, job)
      })
    }
    return this.#thread
  }
}
