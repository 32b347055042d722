/** A recording as it was uploaded. The name and media type are hints: what it is shows in its bytes. */
export interface Recording {
  bytes: Uint8Array
  filename: string | undefined
  mediaType: string
}

export interface Word {
  /** Seconds from the beginning of the recording. */
  start: number
  end: number
  text: string
}

/** A sentence, or as much of one as was said in one go. */
export interface Segment extends Word {
  /** In order; there when they were asked for. */
  words?: Word[]
}

export interface Transcript {
  text: string
  /** Length of the recording in seconds. */
  duration: number
  segments: Segment[]
}

/** Turns speech into text. One call at a time, unless it says otherwise. */
export interface Transcriber {
  /** Names that callers may give as `model_id`; the first one is the default. */
  readonly models: readonly string[]
  /** Makes ready what `transcribe` needs. Called once; `transcribe` before it is done waits for it. */
  load: () => Promise<void>
  /**
   * @throws UnsupportedAudioError, AudioTooLongError; anything else is a failure of the transcriber
   */
  transcribe: (recording: Recording, options: { words: boolean; signal?: AbortSignal }) => Promise<Transcript>
  close: () => Promise<void>
}

/** The bytes are no recording that can be decoded. The message says why. */
export class UnsupportedAudioError extends Error {
  override name = 'UnsupportedAudioError' as const
}

/** The recording is longer than the transcriber takes. */
export class AudioTooLongError extends Error {
  override name = 'AudioTooLongError' as const
}
