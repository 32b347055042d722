/** Encoded audio as it was uploaded. What it is shows in its bytes: name and media type are only hints for who reads them. */
export interface TranscriberInput {
  bytes: Uint8Array
  filename?: string
  mediaType?: string
}

export interface TranscribeOptions {
  /** Whether each segment also lists its words. */
  words: boolean
  /** Whether the bytes may be moved away from the caller, as in `postMessage(bytes, { transfer })`: nobody but the transcriber needs them any more. */
  transfer?: boolean
  /** Ends the work early; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal
  /** Called after each step of the work, so that a caller can tell slow from stuck. */
  onStep?: () => void
}

/** A stretch of speech. Times are seconds from the beginning of the audio. */
export interface Word {
  start: number
  end: number
  text: string
}

/** Usually a sentence. */
export interface Segment extends Word {
  words?: Word[]
}

export interface Transcript {
  text: string
  /** Of the whole audio, in seconds. */
  duration: number
  /** The language spoken, as the transcriber calls it (for example `en`), when it knows. */
  language?: string
  /** In the order in which they were spoken. Empty when nothing was said. */
  segments: Segment[]
}

/** Turns recorded speech into text. Rejects with a TranscriberError, or with the reason of `signal`. */
export interface Transcriber {
  /** Gets ready to transcribe. Once; what is loaded is kept. */
  load(): Promise<void>
  transcribe(input: TranscriberInput, options: TranscribeOptions): Promise<Transcript>
  close(): Promise<void>
}
