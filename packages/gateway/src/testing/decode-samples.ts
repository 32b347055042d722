import { decodeAudio, type DecodeOptions } from '../audio/decode-audio.ts'

/** Returns all samples of a recording at 16 kHz. */
export async function decodeSamples(bytes: Uint8Array, options: Partial<DecodeOptions> = {}): Promise<Float32Array> {
  const pieces: Float32Array[] = []
  const all = { maxDuration: 60, ffmpeg: 'no-such-ffmpeg', ...options }
  for await (const piece of decodeAudio(bytes, all)) pieces.push(piece.slice())
  const samples = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const piece of pieces) {
    samples.set(piece, offset)
    offset += piece.length
  }
  return samples
}
