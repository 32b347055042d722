import { parentPort, workerData } from 'node:worker_threads'
import type { Steps } from '../take-step.ts'
import { loading, maxAhead, noJob, status, type Reply, type Request, type ThreadData } from './messages.ts'

export interface Jobs<Options, Input, Output, Result> {
  load: (options: Options) => Promise<unknown>
  /** Runs a job. Several jobs run by turns. */
  run: (input: Input, options: Options, steps: Required<Steps>) => AsyncGenerator<Output, Result>
  /** If set, a job without steps makes progress while the event loop turns: it may wait. */
  mayWait: boolean
}

/** Time between two turns of the event loop that are reported, in milliseconds. */
const turnInterval = 100

interface RunningJob {
  controller: AbortController
  /** Outputs that may still be sent. */
  credit: number
  /** Continues a job that waits for credit. */
  resume: () => void
}

/** Serves jobs to a JobThread. Call it once in the worker thread. */
export function serveJobs<Options, Input, Output, Result>(jobs: Jobs<Options, Input, Output, Result>): void {
  const port = parentPort
  if (!port) throw new Error('serveJobs() is for a worker thread; this is the main one.')
  const { options, status: shared } = workerData as ThreadData<Options>
  const running = new Map<number, RunningJob>()
  const reply = (message: Reply<Output, Result>) => port.postMessage(message)
  const enter = (job: number) => Atomics.store(shared, status.job, job)
  const advance = () => Atomics.add(shared, status.progress, 1)
  if (jobs.mayWait) setInterval(advance, turnInterval)

  const leave = (job: number) => Atomics.compareExchange(shared, status.job, job, noJob)
  const loaded = jobs.load(options).then(
    () => reply({ type: 'loaded' }),
    (error: unknown) => reply(toFailure(loading, error)),
  )

  async function run(job: number, input: Input, skip: number): Promise<void> {
    const state: RunningJob = { controller: new AbortController(), credit: maxAhead + skip, resume: () => {} }
    running.set(job, state)
    const { signal } = state.controller
    const onStep = () => {
      enter(job)
      advance()
    }
    try {
      await loaded
      onStep()
      const outputs = jobs.run(input, options, { signal, onStep })
      let next = await outputs.next()
      for (let index = 0; !next.done; index++) {
        if (index >= skip) reply({ type: 'output', job, output: next.value })
        if (--state.credit === 0) await new Promise<void>((resolve) => (state.resume = resolve))
        signal.throwIfAborted()
        enter(job)
        next = await outputs.next()
      }
      reply({ type: 'result', job, result: next.value })
    } catch (error) {
      reply(toFailure(job, error))
    } finally {
      running.delete(job)
      leave(job)
    }
  }

  port.on('message', (request: Request<Input>): void => {
    if (request.type === 'run') return void run(request.job, request.input, request.skip)
    const state = running.get(request.job)
    if (request.type === 'cancel') state?.controller.abort()
    if (state) state.credit++
    state?.resume()
  })
}

function toFailure(job: number, error: unknown): Reply<never, never> {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { type: 'failure', job, name, message }
}
