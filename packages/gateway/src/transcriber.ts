/** An uploaded recording. Its bytes decide the format; name and media type are only hints. */
export interface TranscriberInput {
  bytes: Uint8Array
  filename?: string | undefined
  mediaType?: string | undefined
}

/** An uploaded recording that arrives. */
export interface StreamedInput {
  chunks: AsyncIterable<Uint8Array>
  filename?: string | undefined
  mediaType?: string | undefined
}

export interface TranscribeOptions {
  /** If set, each segment lists its words. */
  words: boolean
  /** Name of the model, one of those that the transcriber has; default: its first one. */
  model?: string | undefined
  /** If set, the bytes may be moved to another thread, as in `postMessage(bytes, { transfer })`. */
  transfer?: boolean | undefined
  /** Ends the work early; the promise rejects with its reason. */
  signal?: AbortSignal | undefined
  /** Called after each piece of speech, with the seconds from its detection to its text. */
  onPiece?: ((seconds: number) => void) | undefined
}

/** A stretch of speech. Times are seconds from the beginning of the audio. */
export interface Word {
  start: number
  /** Infinity if it is unknown: to the end of the recording. */
  end: number
  text: string
}

/** Usually a sentence. */
export interface Segment extends Word {
  words?: Word[]
}

export interface Transcript {
  text: string
  /** Duration of the whole audio in seconds. */
  duration: number
  /** The spoken language as the transcriber names it (for example `en`), if known. */
  language?: string | undefined
  /** In spoken order. Empty without speech. */
  segments: Segment[]
}

/** Turns recorded speech into text. Rejects with a TranscriberError or the reason of `signal`. */
export interface Transcriber {
  /** Loads the transcriber once. */
  load(): Promise<void>
  transcribe(input: TranscriberInput, options: TranscribeOptions): Promise<Transcript>
  close(): Promise<void>
  /** Names of its models. The first one is the default. */
  readonly models?: readonly string[] | undefined
  /** Recordings that it takes at the same time; default: 1. */
  readonly concurrency?: number | undefined
  /** The work in its threads; absent for a transcriber without threads. */
  readonly activity?: Activity | undefined
  /** Absent for a transcriber that needs whole recordings. */
  readonly streaming?: Streaming | undefined
  /** Counts the servers that transcribe; absent for a transcriber without other servers. */
  countEngines?(): Promise<Engines>
}

/** Transcribes recordings while they arrive. */
export interface Streaming {
  /** False if a recording has to be kept for now. */
  readonly isReady: boolean
  /** `options` resolves when the request has arrived, and rejects if it is refused. */
  transcribe: (input: StreamedInput, options: Promise<TranscribeOptions>) => Promise<Transcript>
}

/** The servers of a transcriber. */
export interface Engines {
  total: number
  /** Those that answer. */
  well: number
}

/** The work in the threads of a transcriber. */
export interface Activity {
  /** Threads that have loaded and recognize speech. */
  threads: number
  /** Pieces of speech that wait for a thread. */
  waiting: number
}
