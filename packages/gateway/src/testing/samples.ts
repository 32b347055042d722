import type { Pcm } from '../audio/pcm.ts'

/** Returns all samples of a decoder by channel. */
export async function collectSamples(pieces: Iterable<Pcm> | AsyncIterable<Pcm>): Promise<number[][]> {
  const samples: number[][] = []
  for await (const { channels } of pieces) {
    for (const [index, channel] of channels.entries())
      samples[index] = (samples[index] ?? []).concat(Array.from(channel))
  }
  return samples
}
