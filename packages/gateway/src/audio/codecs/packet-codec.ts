import { createRequire } from 'node:module'
import { noSamples, type Pcm } from '../pcm.ts'

/** A codec whose packets a container carries one by one. */
export type PacketCodec = 'vorbis' | 'opus'

/** The interface of an ogv.js decoder. Callbacks are called before the method returns. */
interface OgvDecoder {
  init(done: () => void): void
  processHeader(packet: ArrayBuffer, done: (isAccepted: number) => void): void
  processAudio(packet: ArrayBuffer, done: (isAccepted: number) => void): void
  audioFormat: { channels: number; rate: number } | null
  audioBuffer: Float32Array[] | null
}

type CreateOgvDecoder = (module: { quit: (status: number, error: Error) => never }) => Promise<OgvDecoder>

/** Opus always has this rate, and its decoder does not report it. */
const opusSampleRate = 48_000

const headerPackets: Record<PacketCodec, number> = { vorbis: 3, opus: 2 }

/** Packets without samples that are decoded in one step. */
const maxSilentPackets = 500

/**
 * Decodes packets; the first two (Opus) or three (Vorbis) are headers. A packet that cannot be
 * decoded leaves a gap, as in a player. Empty packets are steps of the container.
 */
export async function* decodePackets(codec: PacketCodec, packets: Iterable<Uint8Array>): AsyncGenerator<Pcm> {
  const decoder = await createDecoder(codec)
  let index = 0
  let silent = 0
  for (const packet of packets) {
    if (++silent > maxSilentPackets) {
      yield noSamples
      silent = 0
    }
    if (packet.length === 0) continue
    const copy = Uint8Array.from(packet).buffer
    if (index < headerPackets[codec]) {
      decoder.processHeader(copy, () => {})
    } else {
      const channels = decode(decoder, copy)
      if (channels?.length) silent = 0
      if (channels?.length) yield { sampleRate: decoder.audioFormat?.rate ?? opusSampleRate, channels }
    }
    index++
  }
}

function decode(decoder: OgvDecoder, packet: ArrayBuffer): Float32Array[] | null {
  decoder.audioBuffer = null
  decoder.processAudio(packet, () => {})
  return decoder.audioBuffer
}

/** Each recording gets a new decoder, because a corrupt one can damage its state. */
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
