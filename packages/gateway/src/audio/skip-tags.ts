import { findFrame } from './codecs/mpeg-frames.ts'
import { startsWith } from './tail.ts'

/** Returns the offset after the tag at an offset, or undefined if no tag begins there. */
type SkipTag = (bytes: Uint8Array, offset: number) => number | undefined

/**
 * ID3v2: ten bytes of header, of which the last four are the size of the rest, with seven bits
 * each. A flag tells that ten bytes of footer follow.
 */
const skipId3: SkipTag = (bytes, offset) => {
  if (!startsWith(bytes, offset, 'ID3')) return undefined
  const size = bytes.subarray(offset + 6, offset + 10).reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0)
  const footer = (bytes[offset + 5] ?? 0) & 0x10 ? 10 : 0
  return offset + 10 + size + footer
}

/** APEv2: 32 bytes of header with the size of the rest, little-endian. */
const skipApe: SkipTag = (bytes, offset) => {
  if (!startsWith(bytes, offset, 'APETAGEX') || bytes.length < offset + 32) return undefined
  const size = new DataView(bytes.buffer, bytes.byteOffset + offset).getUint32(12, true)
  return offset + 32 + size
}

/** An MP4 file begins with fewer zeros. */
const minZeros = 4

/** Padding, which some writers put outside of a tag. */
const skipZeros: SkipTag = (bytes, offset) => {
  let end = offset
  while (bytes[end] === 0) end++
  return end - offset >= minZeros ? end : undefined
}

/** MP3 does not begin with one signature. Junk before a frame is at most this long. */
const maxJunk = 1 << 16
/** Frames in a row that are no coincidence. */
const frames = 3

/** Returns the bytes after the tags and the padding that may precede any container. */
export function skipTags(bytes: Uint8Array): Uint8Array {
  let offset = 0
  for (;;) {
    const next = skipId3(bytes, offset) ?? skipApe(bytes, offset) ?? skipZeros(bytes, offset)
    if (next === undefined) return bytes.subarray(offset)
    offset = next
  }
}

/** Returns true if frames of MPEG audio begin soon. */
export function hasMpegFrames(bytes: Uint8Array): boolean {
  return findFrame(bytes, 0, maxJunk, frames) !== undefined
}
