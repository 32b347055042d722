import { Worker } from 'node:worker_threads'
import { TranscriberError } from '../transcriber-error.ts'
import type { Call, Outcome, Reply, Request } from './messages.ts'

interface PendingCall {
  resolve: (outcome: Outcome) => void
  reject: (error: TranscriberError) => void
  onStep: (() => void) | undefined
}

/** Time in milliseconds that a thread has to notice a canceled call between two steps. */
const abortTimeout = 10_000

/** Each token leaves many small arrays behind, which would fill a young generation of any size. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 }

/** A worker thread that runs `serveTranscriber`, with a watchdog. It cannot be restarted. */
export class TranscriberThread {
  readonly #worker: Worker
  readonly #stallTimeout: number
  #pending: PendingCall | undefined
  #watchdog: NodeJS.Timeout | undefined
  #isAlive = true

  constructor(module: URL, workerData: unknown, stallTimeout: number) {
    this.#stallTimeout = stallTimeout
    this.#worker = new Worker(module, { workerData, resourceLimits })
      .on('message', (reply: Reply) => this.#receive(reply))
      .on('error', (cause) => void this.end(`The transcriber's thread failed: ${cause.message}`, { cause }))
      .on('exit', (code) => void this.end(`The transcriber's thread exited with code ${code}.`))
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /**
   * Runs one call at a time; the bytes of the recording move to the thread. Rejects with a
   * TranscriberError if the thread dies, is ended, or makes no progress for too long.
   */
  call(call: Call, onStep?: () => void): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#post(call, call.type === 'load' ? [] : [call.input.bytes.buffer as ArrayBuffer])
      this.#pending = { resolve, reject, onStep }
      this.#watch(this.#stallTimeout)
    })
  }

  /**
   * Asks the thread to give up the call. Ends the thread if it does not react within ten seconds.
   */
  abort(): void {
    if (!this.#pending) return
    this.#pending.onStep = undefined
    this.#post({ type: 'abort' })
    this.#watch(Math.min(abortTimeout, this.#stallTimeout))
  }

  /** Rejects the pending call with a TranscriberError that states the reason. */
  async end(reason: string, options?: ErrorOptions): Promise<void> {
    this.#isAlive = false
    this.#settle()?.reject(new TranscriberError(reason, options))
    await this.#worker.terminate()
  }

  #post(request: Request, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transfer)
  }

  #receive(reply: Reply): void {
    if (reply.type !== 'step') return this.#settle()?.resolve(reply)
    this.#pending?.onStep?.()
    this.#watch(this.#stallTimeout)
  }

  #settle(): PendingCall | undefined {
    clearTimeout(this.#watchdog)
    const pending = this.#pending
    this.#pending = undefined
    return pending
  }

  #watch(timeout: number): void {
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(
      () => void this.end(`The transcriber made no progress for ${timeout} ms and was stopped.`),
      timeout,
    )
  }
}
