import { UnsupportedAudioError } from '../../transcriber-error.ts'
import { decodePackets, type PacketCodec } from '../codecs/packet-codec.ts'
import type { Pcm } from '../pcm.ts'
import { isTail } from '../tail.ts'

/** Element IDs of Matroska (RFC 9559); WebM is a subset. */
const ids = {
  segment: 0x18538067,
  cluster: 0x1f43b675,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
}

/**
 * Elements with relevant children. They are entered instead of skipped, so an unknown size (live
 * recordings have one) does not matter.
 */
const parents = new Set([ids.segment, ids.cluster, ids.tracks, ids.trackEntry, ids.blockGroup])

interface Element {
  id: number
  /** Empty for parents, whose children follow. */
  content: Uint8Array
}

interface Track {
  number?: number
  type?: number
  codec?: string
  codecPrivate?: Uint8Array
}

const audioTrack = 2

const codecs: Record<string, PacketCodec> = { A_VORBIS: 'vorbis', A_OPUS: 'opus' }

/** Decodes the first audio track of a WebM file, in Opus or Vorbis. */
export async function* decodeWebm(bytes: Uint8Array): AsyncGenerator<Pcm> {
  const track = findAudioTrack(bytes)
  if (!track) throw new UnsupportedAudioError('The webm file has no audio track.')
  const codec = codecs[track.codec ?? '']
  if (!codec) throw new UnsupportedAudioError(`The audio in the webm file is in ${track.codec}, not in Opus or Vorbis.`)
  yield* decodePackets(codec, withHeaders(codec, track.codecPrivate ?? new Uint8Array(), readFrames(bytes, track)))
}

/** Limit of the elements before the audio. */
const maxHeaderElements = 100_000

function findAudioTrack(bytes: Uint8Array): Track | undefined {
  let track: Track | undefined
  let elements = 0
  for (const { id, content } of readElements(bytes)) {
    if (++elements > maxHeaderElements) throw new UnsupportedAudioError('The webm file has too many elements.')
    if (id === ids.cluster) break
    if (id === ids.trackEntry) {
      if (track?.type === audioTrack) break
      track = {}
    } else if (!track) continue
    else if (id === ids.trackNumber) track.number = toUnsigned(content)
    else if (id === ids.trackType) track.type = toUnsigned(content)
    else if (id === ids.codecId) track.codec = String.fromCharCode(...content.subarray(0, 64)).replace(/\0+$/, '')
    else if (id === ids.codecPrivate) track.codecPrivate = content
  }
  return track?.type === audioTrack ? track : undefined
}

/** RFC 8794, section 7.1: an unsigned integer has at most eight bytes. */
function toUnsigned(content: Uint8Array): number {
  if (content.length > 8) throw new UnsupportedAudioError('The webm file is corrupt: an integer is too long.')
  return toInteger(content)
}

/**
 * Returns the packets that an Ogg file begins with: for Opus the header and comments, for Vorbis
 * three laced headers.
 */
function* withHeaders(
  codec: PacketCodec,
  codecPrivate: Uint8Array,
  frames: Iterable<Uint8Array>,
): Iterable<Uint8Array> {
  if (codec === 'opus') yield* [codecPrivate, opusTags]
  else yield* splitXiphLacing(codecPrivate)
  yield* frames
}

/** RFC 7845, section 5.2: an empty vendor string and an empty list of comments. */
const opusTags = Buffer.from('OpusTags\0\0\0\0\0\0\0\0', 'latin1')

/** An element without audio is an empty frame, so that long stretches of them are steps. */
const nothing = new Uint8Array()

function* readFrames(bytes: Uint8Array, track: Track): Generator<Uint8Array> {
  for (const { id, content } of readElements(bytes)) {
    if (id !== ids.simpleBlock && id !== ids.block) {
      yield nothing
      continue
    }
    const number = readVariableInteger(content, 0)
    if (number.value !== track.number) continue
    // After the track number come a time (two bytes) and flags.
    const flags = content[number.end + 2] ?? 0
    yield* splitLacing((flags >> 1) & 0b11, content.subarray(number.end + 3))
  }
}

/** RFC 9559, section 10.3: several frames in one block. */
function splitLacing(lacing: number, block: Uint8Array): Uint8Array[] {
  if (lacing === 0) return [block]
  if (lacing === 1) return splitXiphLacing(block)
  const count = (block[0] ?? 0) + 1
  if (lacing === 2) return splitFixedSize(block.subarray(1), count)
  return splitEbmlLacing(block, count)
}

/** All sizes but the last, each a sum of bytes that ends with one below 255. */
function splitXiphLacing(block: Uint8Array): Uint8Array[] {
  const count = (block[0] ?? 0) + 1
  let offset = 1
  const sizes = Array.from({ length: count - 1 }, () => {
    let size = 0
    let byte
    do {
      byte = block[offset] ?? 0
      offset++
      size += byte
    } while (byte === 255)
    return size
  })
  return splitSizes(block.subarray(offset), sizes)
}

function splitFixedSize(frames: Uint8Array, count: number): Uint8Array[] {
  return splitSizes(
    frames,
    Array.from({ length: count - 1 }, () => Math.floor(frames.length / count)),
  )
}

/** The first size, then the difference of each further one to the one before. */
function splitEbmlLacing(block: Uint8Array, count: number): Uint8Array[] {
  let size = 0
  let offset = 1
  const sizes = Array.from({ length: count - 1 }, (_, index) => {
    const { value, end } = readVariableInteger(block, offset)
    const bias = 2 ** (7 * (end - offset) - 1) - 1
    size = index === 0 ? value : size + value - bias
    offset = end
    return size
  })
  return splitSizes(block.subarray(offset), sizes)
}

/** The last part takes the remaining bytes. */
function splitSizes(bytes: Uint8Array, sizes: number[]): Uint8Array[] {
  let offset = 0
  const parts = sizes.map((size) => bytes.subarray(offset, (offset += size)))
  return [...parts, bytes.subarray(offset)]
}

/** The first bytes of zeros and tags behind the file. */
const tailBytes = new Set([0, ...Buffer.from('TIAL')])

function* readElements(bytes: Uint8Array): Generator<Element> {
  let offset = 0
  while (offset < bytes.length) {
    if (offset > 0 && tailBytes.has(bytes[offset] ?? 0) && isTail(bytes, offset)) return
    const idLength = variableIntegerLength(bytes, offset)
    const id = toInteger(bytes.subarray(offset, offset + idLength))
    const { value: size, end } = readVariableInteger(bytes, offset + idLength)
    const isParent = parents.has(id)
    if (!isParent && end + size > bytes.length) {
      throw new UnsupportedAudioError(`The webm file is corrupt or cut off at byte ${offset}.`)
    }
    yield { id, content: isParent ? new Uint8Array() : bytes.subarray(end, end + size) }
    offset = isParent ? end : end + size
  }
}

/**
 * Reads EBML's variable-size integer (RFC 8794, section 4). The first byte has as many leading
 * zeros as bytes follow.
 */
function readVariableInteger(bytes: Uint8Array, offset: number): { value: number; end: number } {
  const length = variableIntegerLength(bytes, offset)
  const end = offset + length
  // The marker is removed first: with it, eight bytes exceed a floating-point number.
  let value = (bytes[offset] ?? 0) & (0xff >> length)
  for (let index = offset + 1; index < end; index++) value = value * 256 + (bytes[index] ?? 0)
  return { value, end }
}

function variableIntegerLength(bytes: Uint8Array, offset: number): number {
  const length = Math.clz32(bytes[offset] ?? 0) - 23
  if (length > 8 || offset + length > bytes.length) {
    throw new UnsupportedAudioError(`The webm file is corrupt or cut off at byte ${offset}.`)
  }
  return length
}

function toInteger(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}
