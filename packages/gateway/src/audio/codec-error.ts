import { UnsupportedAudioError } from '../transcriber-error.ts'

/** Thrown by a decoder before its first samples if the file has a codec that ffmpeg may decode. */
export class CodecError extends UnsupportedAudioError {
  /** The name of the codec. */
  readonly codec: string

  constructor(codec: string) {
    super(`${codec} is not supported.`)
    this.codec = codec
  }
}
