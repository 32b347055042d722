import { parentPort, workerData } from 'node:worker_threads'
import type { Steps } from '../../take-step.ts'
import { loading, maxAhead, noJob, status, type Reply, type Request, type ThreadData } from './messages.ts'

export interface Jobs<Options, Input, Output, Result> {
  load: (options: Options) => Promise<unknown>
  /** Runs a job. Several jobs run by turns; the last one gets most of them. */
  run: (input: Input, options: Options, steps: Required<Steps>) => AsyncGenerator<Output, Result>
  /** If set, a job without steps makes progress while the event loop turns: it may wait. */
  mayWait: boolean
}

/** Time between two turns of the event loop that are reported, in milliseconds. */
const turnInterval = 100

/** Serves jobs to a JobThread. Call it once in the worker thread. */
export function serveJobs<Options, Input, Output, Result>(jobs: Jobs<Options, Input, Output, Result>): void {
  const port = parentPort
  if (!port) throw new Error('serveJobs() is for a worker thread; this is the main one.')
  const { options, status: shared } = workerData as ThreadData<Options>
  const reply = (message: Reply<Output, Result>) => port.postMessage(message)
  const work = new Work(shared)
  if (jobs.mayWait) setInterval(() => work.advance(), turnInterval)
  const loaded = jobs.load(options).then(
    () => reply({ type: 'loaded' }),
    (error: unknown) => reply(toFailure(loading, error)),
  )
  const running = new Map<number, Flow>()

  async function run(job: number, input: Input, skip: number): Promise<void> {
    const flow = new Flow(maxAhead + skip)
    running.set(job, flow)
    try {
      await loaded
      const givesWay = () => [...running.keys()].at(-1) !== job
      const steps = { signal: flow.signal, onStep: () => work.enter(job), givesWay }
      steps.onStep()
      const outputs = jobs.run(input, options, steps)
      let next = await outputs.next()
      for (let index = 0; !next.done; index++) {
        if (index >= skip) reply({ type: 'output', job, output: next.value })
        await flow.pass()
        steps.onStep()
        next = await outputs.next()
      }
      reply({ type: 'result', job, result: next.value })
    } catch (error) {
      reply(toFailure(job, error))
    } finally {
      running.delete(job)
      work.leave(job)
    }
  }

  port.on('message', (request: Request<Input>): void => {
    if (request.type === 'run') void run(request.job, request.input, request.skip)
    else running.get(request.job)?.[request.type]()
  })
}

/** The work of this thread, as the main thread sees it. */
class Work {
  readonly #shared: Int32Array

  constructor(shared: Int32Array) {
    this.#shared = shared
  }

  /** Begins a step of a job. */
  enter(job: number): void {
    Atomics.store(this.#shared, status.job, job)
    this.advance()
  }

  leave(job: number): void {
    Atomics.compareExchange(this.#shared, status.job, job, noJob)
  }

  advance(): void {
    Atomics.add(this.#shared, status.progress, 1)
  }
}

/** The flow of the outputs of one job. */
class Flow {
  readonly #controller = new AbortController()
  #credit: number
  #resume: () => void = () => {}

  constructor(credit: number) {
    this.#credit = credit
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Waits until the next output may be sent. Throws if the job was canceled. */
  async pass(): Promise<void> {
    if (--this.#credit <= 0) await new Promise<void>((resolve) => (this.#resume = resolve))
    this.signal.throwIfAborted()
  }

  more(): void {
    this.#credit++
    this.#resume()
  }

  cancel(): void {
    this.#controller.abort()
    this.#resume()
  }
}

function toFailure(job: number, error: unknown): Reply<never, never> {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { type: 'failure', job, name, message }
}
