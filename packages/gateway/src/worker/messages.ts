import type { TranscriberInput, Transcript } from '../transcriber.ts'

/** A request to a thread, one call at a time. */
export type Call = { type: 'load' } | { type: 'transcribe'; input: TranscriberInput; words: boolean }

/** Asks the thread to give up its call. */
export type Request = Call | { type: 'abort' }

/** The replies of a thread: any number of steps, then one of the others. */
export type Reply = { type: 'step' } | Outcome

export type Outcome =
  | { type: 'loaded' }
  | { type: 'transcript'; transcript: Transcript }
  | { type: 'failure'; name: string; message: string }
