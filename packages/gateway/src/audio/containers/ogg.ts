import { UnsupportedAudioError } from '../../transcriber-error.ts'
import { decodeFlac } from '../codecs/flac.ts'
import { decodePackets, type PacketCodec } from '../codecs/packet-codec.ts'
import { crc32 } from '../crc.ts'
import type { Pcm } from '../pcm.ts'

/** RFC 3533, section 6. */
interface Page {
  isFirst: boolean
  serial: number
  /** The parts of packets in this page. A part of 255 bytes continues in the next one. */
  segments: Uint8Array[]
}

/** The first bytes of the first packet of a stream, by codec. */
const codecs: [codec: PacketCodec | 'flac', magic: string][] = [
  ['vorbis', '\x01vorbis'],
  ['opus', 'OpusHead'],
  ['flac', '\x7fFLAC'],
]

/**
 * Decodes the first Vorbis, Opus or FLAC stream of an Ogg file. Verifies the checksum of each page.
 */
export async function* decodeOgg(bytes: Uint8Array): AsyncGenerator<Pcm> {
  const { codec, serial } = findStream(bytes)
  const packets = readPackets(bytes, serial)
  if (codec === 'flac') yield* decodeFlac(toNativeFlac([...packets]))
  else yield* decodePackets(codec, packets)
}

/** Returns the packets of the stream that `decodeOgg` decodes, headers first. */
export function oggPackets(bytes: Uint8Array): Uint8Array[] {
  return [...readPackets(bytes, findStream(bytes).serial)]
}

function findStream(bytes: Uint8Array): { serial: number; codec: PacketCodec | 'flac' } {
  for (const { isFirst, serial, segments } of readPages(bytes)) {
    if (!isFirst) break
    const start = String.fromCharCode(...(segments[0] ?? []).slice(0, 8))
    const codec = codecs.find(([, magic]) => start.startsWith(magic))?.[0]
    if (codec) return { serial, codec }
  }
  throw new UnsupportedAudioError('The ogg file has no Vorbis, Opus or FLAC audio.')
}

function* readPackets(bytes: Uint8Array, wantedSerial: number): Generator<Uint8Array> {
  let parts: Uint8Array[] = []
  for (const { serial, segments } of readPages(bytes)) {
    if (serial !== wantedSerial) continue
    for (const segment of segments) {
      parts.push(segment)
      if (segment.length === 255) continue
      yield Buffer.concat(parts)
      parts = []
    }
  }
}

function* readPages(bytes: Uint8Array): Generator<Page> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const capturePattern = 0x4f676753
  let offset = 0
  while (offset < bytes.length) {
    if (view.getUint32(offset) !== capturePattern) throw corrupt(`no page begins at byte ${offset}`)
    const tableOffset = offset + 27
    const sizes = bytes.subarray(tableOffset, tableOffset + view.getUint8(offset + 26))
    const content = tableOffset + sizes.length
    const end = content + sizes.reduce((sum, size) => sum + size, 0)
    if (end > bytes.length) throw corrupt('it is cut off')
    if (pageChecksum(bytes.subarray(offset, end)) !== view.getUint32(offset + 22, true)) {
      throw corrupt(`the checksum of the page at byte ${offset} is wrong`)
    }
    let next = content
    yield {
      isFirst: (view.getUint8(offset + 5) & 0x02) !== 0,
      serial: view.getUint32(offset + 14, true),
      segments: Array.from(sizes, (size) => bytes.subarray(next, (next += size))),
    }
    offset = end
  }
}

const corrupt = (detail: string) => new UnsupportedAudioError(`The ogg file is corrupt: ${detail}.`)

/** The checksum is computed with its own four bytes as zero. */
function pageChecksum(page: Uint8Array): number {
  return crc32(Uint8Array.from(page).fill(0, 22, 26))
}

/**
 * Converts the packets to a native FLAC file. The first packet has nine more bytes before the
 * native header (RFC 9639, section 10.1); the others are metadata blocks, then frames.
 */
function toNativeFlac([first = new Uint8Array(), ...others]: Uint8Array[]): Uint8Array {
  return Buffer.concat([first.subarray(9), ...others])
}
