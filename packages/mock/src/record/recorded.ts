/** A recorded exchange. */
export interface Recorded {
  method: string
  path: string
  status: number
  ms: number
  /** The HAR file. */
  file: string
  /** Differences between the response and the description, in words. */
  problems: string[]
}

/** Thrown when recordings cannot be written or read. */
export class RecordingError extends Error {
  override name = 'RecordingError' as const
}
