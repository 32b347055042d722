/** Thrown when there is no transcript; this class itself for faults of the transcriber, the ones below for faults of the audio. */
export class TranscriberError extends Error {
  override name = 'TranscriberError'
}

/** Thrown when the bytes are not audio that can be decoded: something else, corrupt, cut off, without an audio track, or in need of ffmpeg. */
export class UnsupportedAudioError extends TranscriberError {
  override name = 'UnsupportedAudioError'
}

/** Thrown when the audio lasts longer than the transcriber accepts. */
export class AudioTooLongError extends TranscriberError {
  override name = 'AudioTooLongError'
}

/** Thrown when the transcriber has too much to do, and may be asked again later. */
export class TranscriberBusyError extends TranscriberError {
  override name = 'TranscriberBusyError'
  /** In seconds, when it is known. */
  readonly retryAfter: number | undefined

  constructor(message: string, retryAfter?: number) {
    super(message)
    this.retryAfter = retryAfter
  }
}
