/** The header of an MPEG audio frame (ISO/IEC 11172-3, 2.4.1.3, and 13818-3). */
export interface MpegFrame {
  layer: number
  sampleRate: number
  /** Offset and length in bytes, with the header. */
  offset: number
  length: number
}

/** In Hz, by version (2.5, reserved, 2, 1) and code. */
const sampleRates = [[11_025, 12_000, 8000], [], [22_050, 24_000, 16_000], [44_100, 48_000, 32_000]]
/** In kbit/s by code: version 1 with layers 1 to 3, then the other versions with layers 1 to 3. */
const bitrates = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
]

/** A search examines so many bytes without a step at most. */
export const searchStep: number = 1 << 20

/** Reads the frame header at an offset. Returns undefined for anything else. */
export function readFrame(bytes: Uint8Array, offset: number): MpegFrame | undefined {
  const [first = 0, second = 0, third = 0] = [bytes[offset], bytes[offset + 1], bytes[offset + 2]]
  if (first !== 0xff || second < 0xe0) return undefined
  const version = (second >> 3) & 3
  const layer = 4 - ((second >> 1) & 3)
  const sampleRate = sampleRates[version]?.[(third >> 2) & 3]
  const isVersion1 = version === 3
  const bitrate = bitrates[(isVersion1 ? 0 : 3) + layer - 1]?.[third >> 4]
  if (layer === 4 || !sampleRate || !bitrate) return undefined
  const padding = (third >> 1) & 1
  const length =
    layer === 1
      ? (Math.floor((12_000 * bitrate) / sampleRate) + padding) * 4
      : Math.floor(((layer === 3 && !isVersion1 ? 72_000 : 144_000) * bitrate) / sampleRate) + padding
  return { layer, sampleRate, offset, length }
}

/**
 * Finds the next frame between two offsets that is followed by others of its kind, up to this
 * number or to the end of the bytes.
 */
export function findFrame(bytes: Uint8Array, from: number, to: number, followers: number): MpegFrame | undefined {
  for (let offset = from; offset < Math.min(to, bytes.length); offset++) {
    if (bytes[offset] !== 0xff) continue
    const frame = readFrame(bytes, offset)
    if (frame && isFollowed(bytes, frame, followers)) return frame
  }
  return undefined
}

function isFollowed(bytes: Uint8Array, frame: MpegFrame, followers: number): boolean {
  let end = frame.offset + frame.length
  for (let count = 0; count < followers; count++) {
    if (end === bytes.length) return true
    const next = readFrame(bytes, end)
    if (!next || next.layer !== frame.layer || next.sampleRate !== frame.sampleRate) return false
    end += next.length
  }
  return end <= bytes.length
}
