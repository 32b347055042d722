/** A piece of decoded audio: one array of samples between -1 and 1 for each channel, all of the same length. They are good until the next piece is asked for. */
export interface Pcm {
  /** In Hz. */
  sampleRate: number
  channels: Float32Array[]
}

/** Decodes the audio of one container, piece by piece, so that a long recording is never in memory as a whole. */
export type Decode = (bytes: Uint8Array) => Iterable<Pcm> | AsyncIterable<Pcm>
