import { createRequire } from 'node:module'

import type { Pcm } from '../pcm.ts'

/** A codec whose packets a container carries one by one. */
export type PacketCodec = 'vorbis' | 'opus'

/** What a decoder of ogv.js offers. Its callbacks are called before the method returns. */
interface OgvDecoder {
  init(done: () => void): void
  processHeader(packet: ArrayBuffer, done: (isAccepted: number) => void): void
  processAudio(packet: ArrayBuffer, done: (isAccepted: number) => void): void
  audioFormat: { channels: number; rate: number } | null
  audioBuffer: Float32Array[] | null
}

type CreateOgvDecoder = (module: { quit: (status: number, error: Error) => never }) => Promise<OgvDecoder>

/** Opus has no other, and its decoder does not tell. */
const opusSampleRate = 48_000

const headerPackets: Record<PacketCodec, number> = { vorbis: 3, opus: 2 }

/** Decodes packets, the first two (Opus) or three (Vorbis) of which are headers. A packet that does not decode leaves a gap, as it does in a player. */
export async function* decodePackets(codec: PacketCodec, packets: Iterable<Uint8Array>): AsyncGenerator<Pcm> {
  const decoder = await createDecoder(codec)
  let index = 0
  for (const packet of packets) {
    const copy = Uint8Array.from(packet).buffer
    if (index < headerPackets[codec]) {
      decoder.processHeader(copy, () => {})
    } else {
      const channels = decode(decoder, copy)
      if (channels?.length) yield { sampleRate: decoder.audioFormat?.rate ?? opusSampleRate, channels }
    }
    index += 1
  }
}

function decode(decoder: OgvDecoder, packet: ArrayBuffer): Float32Array[] | null {
  decoder.audioBuffer = null
  decoder.processAudio(packet, () => {})
  return decoder.audioBuffer
}

/** A new one for each recording, so that nothing is left over from a corrupt one. */
async function createDecoder(codec: PacketCodec): Promise<OgvDecoder> {
  const require = createRequire(import.meta.url)
  const create = require(`ogv/dist/ogv-decoder-audio-${codec}-wasm.js`) as CreateOgvDecoder
  const decoder = await create({
    quit: (_status, error) => {
      throw error
    },
  })
  decoder.init(() => {})
  return decoder
}
