/** A request to a thread. `more` allows the thread to send one more output of a job. */
export type Request<Input> =
  | { type: 'run'; job: number; input: Input; skip: number }
  | { type: 'more' | 'cancel'; job: number }

/** The replies of a thread: any number of outputs for each job, then its result or its failure. */
export type Reply<Output, Result> =
  | { type: 'loaded' }
  | { type: 'output'; job: number; output: Output }
  | { type: 'result'; job: number; result: Result }
  | { type: 'failure'; job: number; name: string; message: string }

/** The number of the job that each thread begins with: to load. */
export const loading = 0

/** The number of no job. */
export const noJob = -1

/** The places in the memory that a thread shares with the main thread. */
export const status = {
  /** The job that the thread works on, or worked on last. */
  job: 0,
  /** Grows while the thread makes progress. */
  progress: 1,
  length: 2,
} as const

/** The data that a thread starts with. */
export interface ThreadData<Options> {
  options: Options
  status: Int32Array
}

/** Outputs of a job that may be on their way, so that a thread does not run far ahead. */
export const maxAhead = 4
