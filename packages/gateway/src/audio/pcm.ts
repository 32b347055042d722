/**
 * A piece of decoded audio: one array of samples between -1 and 1 per channel, all of the same
 * length. Valid until the next piece is requested.
 */
export interface Pcm {
  /** In Hz. */
  sampleRate: number
  channels: Float32Array[]
}

/**
 * Decodes the audio of one container in pieces, so that a long recording is never in memory as a
 * whole.
 */
export type Decode = (bytes: Uint8Array) => Iterable<Pcm> | AsyncIterable<Pcm>

/** A step of a decoder that yields no samples. */
export const noSamples: Pcm = { sampleRate: 0, channels: [] }
