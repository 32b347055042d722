/** An exchange that has been recorded. */
export interface Recorded {
  method: string
  path: string
  status: number
  ms: number
  /** The HAR file. */
  file: string
  /** How the answer differs from the description, in words. */
  problems: string[]
}

/** The recordings cannot be written, or read. */
export class RecordingError extends Error {
  override name = 'RecordingError' as const
}
