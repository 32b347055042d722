import { Worker } from 'node:worker_threads'
import { AudioTooLongError, TranscriberError, UnsupportedAudioError } from '../../transcriber-error.ts'
import { loading, noJob, status, type Reply, type Request, type ThreadData } from './messages.ts'
import { Watchdog, type StepLimits } from './watchdog.ts'

/** A job of a thread: what it needs, and what it gives to. */
export interface Job<Input, Output, Result> {
  input: Input
  onOutput: (output: Output) => void
  onResult: (result: Result) => void
  onFailure: (error: TranscriberError) => void
  /** Outputs so far. If the job moves to another thread, they are not repeated. */
  outputs: number
}

export interface ThreadOptions<Options> extends StepLimits {
  /** A module that calls `serveJobs`. */
  module: URL
  options: Options
  /** Returns the error of the job at which the thread stalled. */
  stallError: () => TranscriberError
  /** Limit of the objects in the memory of the thread, in megabytes. */
  maxHeap?: number | undefined
}

/** Each token leaves many small arrays behind, which would fill a young generation of any size. */
const maxYoungGenerationSizeMb = 16

const errors: Record<string, typeof TranscriberError> = { AudioTooLongError, UnsupportedAudioError }

/**
 * A worker thread that runs `serveJobs`, with a watchdog. If it dies or stalls, it is over for the
 * job that it worked on; `onEnd` gets the others.
 */
export class JobThread<Options, Input, Output, Result> {
  readonly #onEnd: (others: Map<number, Job<Input, Output, Result>>, error: TranscriberError) => void
  readonly #worker: Worker
  readonly #status = new Int32Array(new SharedArrayBuffer(status.length * Int32Array.BYTES_PER_ELEMENT)).fill(noJob)
  readonly #jobs = new Map<number, Job<Input, Output, Result>>()
  readonly #canceled = new Set<number>()
  readonly #onLoad: (error?: TranscriberError) => void
  /** Settles when the thread is ready, or cannot become so. */
  readonly loaded: Promise<void>
  readonly #watchdog: Watchdog
  #isAlive = true
  #isLoaded = false

  constructor(
    options: ThreadOptions<Options>,
    onEnd: (others: Map<number, Job<Input, Output, Result>>, error: TranscriberError) => void,
  ) {
    this.#onEnd = onEnd
    let onLoad!: (error?: TranscriberError) => void
    this.loaded = new Promise((resolve, reject) => (onLoad = (error) => (error ? reject(error) : resolve())))
    this.loaded.catch(() => {})
    this.#onLoad = onLoad
    const workerData: ThreadData<Options> = { options: options.options, status: this.#status }
    const resourceLimits = { maxYoungGenerationSizeMb, maxOldGenerationSizeMb: options.maxHeap }
    this.#worker = new Worker(options.module, { workerData, resourceLimits })
      .on('message', (reply: Reply<Output, Result>) => this.#receive(reply))
      .on('error', (cause) => this.end(new TranscriberError(`A thread failed: ${cause.message}`, { cause })))
      .on('exit', (code) => this.end(new TranscriberError(`A thread exited with code ${code}.`)))
    this.#watchdog = new Watchdog({
      worker: this.#worker,
      limits: options,
      readProgress: () => Atomics.load(this.#status, status.progress) + Number(this.#isLoaded),
      state: () => (!this.#isLoaded ? 'loading' : this.#jobs.size > 0 ? 'busy' : 'idle'),
      onStall: () => this.end(options.stallError()),
    })
    this.#watchdog.start()
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** The numbers of the jobs that it runs. */
  get jobs(): ReadonlyMap<number, Job<Input, Output, Result>> {
    return this.#jobs
  }

  run(number: number, job: Job<Input, Output, Result>): void {
    this.#jobs.set(number, job)
    this.#post({ type: 'run', job: number, input: job.input, skip: job.outputs })
    this.#watchdog.start()
  }

  /** Allows the thread to send one more output of a job. */
  more(job: number): void {
    this.#post({ type: 'more', job })
  }

  /** Asks the thread to give up a job. It fails at its next step, or with the thread. */
  cancel(job: number): void {
    if (!this.#jobs.has(job)) return
    this.#canceled.add(job)
    this.#post({ type: 'cancel', job })
  }

  /** Ends the thread. The job that it works on fails with this error; without a model, all do. */
  end(error: TranscriberError): void {
    if (!this.#isAlive) return
    this.#isAlive = false
    this.#watchdog.stop()
    this.#onLoad(error)
    const culprit = Atomics.load(this.#status, status.job)
    const others = new Map<number, Job<Input, Output, Result>>()
    for (const [number, job] of this.#jobs) {
      if (!this.#isLoaded || number === culprit || this.#canceled.has(number)) job.onFailure(error)
      else others.set(number, job)
    }
    this.#jobs.clear()
    this.#onEnd(others, error)
    void this.#worker.terminate()
  }

  async terminate(): Promise<void> {
    this.#isAlive = false
    this.#watchdog.stop()
    this.#jobs.clear()
    await this.#worker.terminate()
  }

  #post(request: Request<Input>): void {
    this.#worker.postMessage(request, [])
  }

  #receive(reply: Reply<Output, Result>): void {
    if (reply.type === 'loaded') {
      this.#isLoaded = true
      return this.#onLoad()
    }
    if (reply.type === 'failure') {
      const error = new (errors[reply.name] ?? TranscriberError)(reply.message)
      return reply.job === loading ? this.end(error) : this.#settle(reply.job)?.onFailure(error)
    }
    if (reply.type === 'result') return this.#settle(reply.job)?.onResult(reply.result)
    const job = this.#jobs.get(reply.job)
    if (!job) return
    job.outputs++
    job.onOutput(reply.output)
  }

  #settle(number: number): Job<Input, Output, Result> | undefined {
    const job = this.#jobs.get(number)
    this.#jobs.delete(number)
    this.#canceled.delete(number)
    return job
  }
}
