/**
 * Thrown if there is no transcript. This class is for errors of the transcriber, the subclasses are
 * for the audio, for overload, and for other servers.
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

/** Thrown if another server that transcribes fails, cannot be reached, or answers too late. */
export class EngineError extends TranscriberError {
  override name = 'EngineError'
  /** The problem without the URL of the server, for clients. */
  readonly problem: string
  /** True if the server did not answer in time. */
  readonly isTimeout: boolean

  constructor(
    url: string,
    problem: string,
    { isTimeout = false, ...options }: ErrorOptions & { isTimeout?: boolean } = {},
  ) {
    super(`${url} ${problem}`, options)
    this.problem = `The server that transcribes ${problem}`
    this.isTimeout = isTimeout
  }
}
