/**
 * Thrown if there is no transcript. This class is for errors of the transcriber, the subclasses are
 * for the audio and for overload.
 */
export class TranscriberError extends Error {
  override name = 'TranscriberError'
}

/**
 * Thrown if the bytes cannot be decoded: not audio, corrupt, cut off, without an audio track, or
 * ffmpeg is missing.
 */
export class UnsupportedAudioError extends TranscriberError {
  override name = 'UnsupportedAudioError'
}

/** Thrown if the audio is longer than the transcriber accepts. */
export class AudioTooLongError extends TranscriberError {
  override name = 'AudioTooLongError'
}

/** Thrown if the transcriber is overloaded; a later attempt may succeed. */
export class TranscriberBusyError extends TranscriberError {
  override name = 'TranscriberBusyError'
  /** In seconds, if it is known. */
  readonly retryAfter: number | undefined

  constructor(message: string, retryAfter?: number) {
    super(message)
    this.retryAfter = retryAfter
  }
}
