import { UnsupportedAudioError } from '../../transcriber-error.ts'
import { decodeFlac } from '../codecs/flac.ts'
import { decodePackets, type PacketCodec } from '../codecs/packet-codec.ts'
import { crc32 } from '../crc.ts'
import { noSamples, type Pcm } from '../pcm.ts'
import { isTail } from '../tail.ts'

/** RFC 3533, section 6. */
interface Page {
  isFirst: boolean
  serial: number
  /** The parts of packets in this page. A part of 255 bytes continues in the next one. */
  segments: Uint8Array[]
}

/** The pages of a file with the next one in advance. */
interface Pages {
  next: Page | undefined
  take: () => Page | undefined
}

/** The first bytes of the first packet of a stream, by codec. */
const codecs: [codec: PacketCodec | 'flac', magic: string][] = [
  ['vorbis', '\x01vorbis'],
  ['opus', 'OpusHead'],
  ['flac', '\x7fFLAC'],
]

/** A step without a packet. */
const nothing = new Uint8Array()

/**
 * Decodes the first Vorbis, Opus or FLAC stream of each link of an Ogg file (RFC 3533, section 4).
 * Verifies the checksum of each page.
 */
export async function* decodeOgg(bytes: Uint8Array): AsyncGenerator<Pcm> {
  const pages = openPages(bytes)
  let links = 0
  while (pages.next) {
    const link = readLink(pages)
    if (!link) {
      yield noSamples
      continue
    }
    links++
    const { codec, packets } = link
    if (codec === 'flac') yield* decodeOggFlac(packets, bytes.length)
    else yield* decodePackets(codec, packets)
  }
  if (links === 0) throw new UnsupportedAudioError('The ogg file has no Vorbis, Opus or FLAC audio.')
}

/** Returns the packets of the first stream that `decodeOgg` decodes, headers first. */
export function oggPackets(bytes: Uint8Array): Uint8Array[] {
  return [...(readLink(openPages(bytes))?.packets ?? [])].filter(({ length }) => length > 0)
}

/** Takes the first pages of a link. Without audio in it, takes one page. */
function readLink(pages: Pages): { codec: PacketCodec | 'flac'; packets: Iterable<Uint8Array> } | undefined {
  const first = pages.take()
  if (!first?.isFirst) return undefined
  const start = String.fromCharCode(...(first.segments[0] ?? []).slice(0, 8))
  const codec = codecs.find(([, magic]) => start.startsWith(magic))?.[0]
  return codec && { codec, packets: readPackets(first, pages) }
}

/**
 * Yields the packets of the stream that begins with this page, until the next link begins. Streams
 * that begin at the same time, and empty packets, are steps without a packet.
 */
function* readPackets(first: Page, pages: Pages): Generator<Uint8Array> {
  let parts: Uint8Array[] = []
  let isBeginning = true
  for (let page: Page | undefined = first; page; page = pages.take()) {
    if (page.serial === first.serial) {
      for (const segment of page.segments) {
        if (segment.length > 0) parts.push(segment)
        if (segment.length === 255) continue
        yield parts.length === 1 ? (parts[0] ?? nothing) : Buffer.concat(parts)
        parts = []
      }
    } else yield nothing
    isBeginning &&= page.isFirst
    const { next } = pages
    if (next?.isFirst && (!isBeginning || next.serial === first.serial)) return
  }
}

function openPages(bytes: Uint8Array): Pages {
  const all = readPages(bytes)
  const pages: Pages = {
    next: all.next().value ?? undefined,
    take() {
      const page = pages.next
      pages.next = all.next().value ?? undefined
      return page
    },
  }
  return pages
}

function* readPages(bytes: Uint8Array): Generator<Page, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const capturePattern = 0x4f676753
  let offset = 0
  while (offset < bytes.length) {
    if (offset > 0 && bytes[offset] !== 0x4f && isTail(bytes, offset)) return
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

/** Packets that are collected in one step. */
const packetsPerStep = 1000

/**
 * Decodes FLAC in Ogg as a native FLAC file. The first packet has nine more bytes before the native
 * header (RFC 9639, section 10.1); the others are metadata blocks, then frames.
 */
function* decodeOggFlac(packets: Iterable<Uint8Array>, maxLength: number): Generator<Pcm> {
  // Packets can be many and tiny, so they are not kept.
  const file = new Uint8Array(maxLength)
  let length = 0
  let count = 0
  for (const packet of packets) {
    const part = length === 0 ? packet.subarray(9) : packet
    file.set(part, length)
    length += part.length
    if (++count % packetsPerStep === 0) yield noSamples
  }
  yield* decodeFlac(file.subarray(0, length))
}
