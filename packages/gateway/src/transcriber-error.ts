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
