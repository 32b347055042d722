import { EngineError, TranscriberBusyError } from '../transcriber-error.ts'
import type { Engine } from './engine.ts'

/** The longest pause in seconds that a client is asked for. */
const maxPause = 3600

/** Servers that take recordings by turns. */
export class EngineRound {
  readonly #engines: readonly Engine[]
  #next = 0

  constructor(engines: readonly Engine[]) {
    this.#engines = engines
  }

  /**
   * Gives a task to the next server. One that is busy or fails rests, and another one gets the
   * task.
   * @throws TranscriberBusyError if all are busy, or the error of the last server
   */
  async run<T>(task: (engine: Engine) => Promise<T>): Promise<T> {
    let failure: unknown
    for (const engine of this.#candidates()) {
      try {
        return await task(engine)
      } catch (error) {
        if (!(error instanceof TranscriberBusyError) && !(error instanceof EngineError)) throw error
        // It may still be at work.
        if (error instanceof EngineError && error.isTimeout) throw error
        failure = error
      }
    }
    throw failure ?? this.#busyError()
  }

  /** True if a server is ready for a stream. */
  get canStream(): boolean {
    return this.#engines.some(({ isReady, takesStreams }) => isReady && takesStreams)
  }

  /**
   * Gives a task that can be done once to the next server that takes streams.
   * @throws TranscriberBusyError if all are busy, or the error of the server
   */
  async runOnce<T>(task: (engine: Engine) => Promise<T>): Promise<T> {
    const engine = this.#candidates().find(({ takesStreams }) => takesStreams)
    if (!engine) throw this.#busyError()
    return task(engine)
  }

  /** Checks all servers. Returns the errors of those that cannot transcribe. */
  async check(): Promise<Error[]> {
    const results = await Promise.allSettled(this.#engines.map((engine) => engine.check()))
    return results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  }

  /** Without one that is ready, those that have failed are tried; a busy one is left alone. */
  #candidates(): Engine[] {
    const first = this.#next++ % this.#engines.length
    const inTurn = [...this.#engines.slice(first), ...this.#engines.slice(0, first)]
    const ready = inTurn.filter(({ isReady }) => isReady)
    return ready.length > 0 ? ready : inTurn.filter(({ busySeconds }) => busySeconds === undefined)
  }

  #busyError(): TranscriberBusyError {
    const seconds = this.#engines.flatMap(({ busySeconds }) => busySeconds ?? [])
    return new TranscriberBusyError('All servers are busy', Math.min(...seconds, maxPause))
  }
}
