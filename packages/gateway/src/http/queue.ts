/** Thrown if the queue is full. */
export class QueueFullError extends Error {
  override name = 'QueueFullError' as const
}

/** Runs tasks in order, `concurrency` at a time; at most `limit` tasks may wait. */
export interface Queue {
  readonly running: number
  readonly waiting: number
  /** True if no further task may wait. */
  readonly isFull: boolean
  /**
   * Runs a task. It never starts if its signal aborts while it waits.
   * @throws QueueFullError, the reason of the signal, or the error of the task
   */
  run: <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>
}

export function createQueue({ concurrency, limit }: { concurrency: number; limit: number }): Queue {
  const waiting = new Set<() => void>()
  let running = 0

  /** Resolves when a finished task hands over its place. */
  function turn(signal: AbortSignal): Promise<void> {
    if (waiting.size >= limit) throw new QueueFullError(`${waiting.size} are waiting already`)
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(enter)
        reject(signal.reason as Error)
      }
      const enter = () => {
        waiting.delete(enter)
        signal.removeEventListener('abort', leave)
        resolve()
      }
      waiting.add(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  return {
    get running() {
      return running
    },
    get waiting() {
      return waiting.size
    },
    get isFull() {
      return running >= concurrency && waiting.size >= limit
    },
    async run(task, signal) {
      signal.throwIfAborted()
      if (running < concurrency) running++
      else await turn(signal)
      try {
        return await task()
      } finally {
        const [next] = waiting
        if (next) next()
        else running--
      }
    },
  }
}
