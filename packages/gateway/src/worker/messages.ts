import type { TranscriberInput, Transcript } from '../transcriber.ts'

/** What a thread is asked for; one call at a time. */
export type Call = { type: 'load' } | { type: 'transcribe'; input: TranscriberInput; words: boolean }

/** Or that it should give up the call that it is at. */
export type Request = Call | { type: 'abort' }

/** What the thread answers: any number of steps, then one of the others. */
export type Reply = { type: 'step' } | Outcome

export type Outcome =
  | { type: 'loaded' }
  | { type: 'transcript'; transcript: Transcript }
  | { type: 'failure'; name: string; message: string }
