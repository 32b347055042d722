import { containerOf } from '../container-of.ts'
import { toLatin1 } from './read-form.ts'

export interface FileFacts {
  bytes?: number | undefined
  seconds?: number | undefined
  /** In lower case, for example `wav`. */
  container?: string | undefined
  /** The coding of the samples in a WAV file, for example `pcm` or `mulaw`. */
  codec?: string | undefined
  /** False if the last sample of a PCM file is cut. */
  isWhole?: boolean | undefined
  /** True if the container states its duration, as far as it can. A live WebM file does not. */
  isTimed?: boolean | undefined
  /** True if a decoder finds sound in it. */
  decodable?: boolean | undefined
  filename?: string | undefined
  /** The media type of the part. */
  mediaType?: string | undefined
}

/** Header size of the smallest WAV file. */
const wavHeader = 44

/** The format tags of WAV (RFC 2361). */
const wavCodecs: Readonly<Record<number, string>> = {
  0x1: 'pcm',
  0x3: 'pcm',
  0x6: 'alaw',
  0x7: 'mulaw',
  0x55: 'mp3',
  0xfffe: 'pcm',
}

/** Returns the facts of a file of `bytes` bytes that begins with `head`. */
export function toFileFacts(head: Uint8Array, bytes: number = head.length): FileFacts {
  const container = containerOf(head)
  return {
    bytes,
    decodable: container !== undefined && !(container === 'wav' && bytes <= wavHeader),
    container,
    ...timesOf(container, head, bytes),
  }
}

function timesOf(
  container: string | undefined,
  head: Uint8Array,
  bytes: number,
): Pick<FileFacts, 'seconds' | 'codec' | 'isWhole' | 'isTimed'> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (container === 'wav' && head.length >= 32) {
    const bytesPerSecond = view.getUint32(28, true)
    const codec = wavCodecs[view.getUint16(20, true)]
    const length = Math.max(0, bytes - wavHeader)
    const bytesPerSample = head.length >= 34 ? view.getUint16(32, true) : 0
    return {
      codec,
      isWhole: codec === 'pcm' && bytesPerSample > 0 ? length % bytesPerSample === 0 : undefined,
      seconds: bytesPerSecond > 0 ? length / bytesPerSecond : undefined,
    }
  }
  if (container === 'flac' && head.length >= 26) {
    // 20 bits of the sample rate, 8 bits of the format, 36 bits of the number of samples.
    const rate = view.getUint32(18) >>> 12
    const samples = (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22)
    return { seconds: rate > 0 && samples > 0 ? samples / rate : undefined }
  }
  if (container === 'webm') return webmTimes(view)
  if (container === 'mp3') return { seconds: mp3Seconds(view, bytes) }
  if (container === 'm4a') return { seconds: m4aSeconds(view) }
  return {}
}

/** The beginning of a WebM file, which holds its Duration element. */
const webmHead = 4096

function webmTimes(view: DataView): Pick<FileFacts, 'seconds' | 'isTimed'> {
  const head = toLatin1(new Uint8Array(view.buffer, view.byteOffset, Math.min(webmHead, view.byteLength)))
  // The element's id, its size of 4 or 8 bytes, and a number of milliseconds.
  const at = head.search(/\x44\x89[\x84\x88]/)
  if (at < 0 || at + 11 > head.length) return { isTimed: false }
  const milliseconds = head.charCodeAt(at + 2) === 0x84 ? view.getFloat32(at + 3) : view.getFloat64(at + 3)
  return { isTimed: true, seconds: milliseconds / 1000 }
}

/** Returns the duration of an MP4 file by its `mvhd` box, which may be at its end. */
function m4aSeconds(view: DataView): number | undefined {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  for (let at = bytes.indexOf(0x6d); at >= 0 && at + 24 <= bytes.length; at = bytes.indexOf(0x6d, at + 1)) {
    if (view.getUint32(at) !== 0x6d766864 || bytes[at + 4] !== 0) continue
    return view.getUint32(at + 20) / view.getUint32(at + 16)
  }
  return undefined
}

/** Kilobits per second of layer III, by version 1 and 2 of MPEG. */
const bitRates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
]

/** Returns the duration of an MP3 file by its Xing header, or by the rate of its first frame. */
function mp3Seconds(view: DataView, bytes: number): number | undefined {
  const start = mp3Start(view)
  if (start + 4 > view.byteLength || view.getUint8(start) !== 0xff) return undefined
  const version = (view.getUint8(start + 1) >> 3) & 3
  const isFirst = version === 3
  const rate =
    ([44_100, 48_000, 32_000][(view.getUint8(start + 2) >> 2) & 3] ?? 0) / (isFirst ? 1 : version === 2 ? 2 : 4)
  const bitRate = bitRates[isFirst ? 0 : 1]?.[view.getUint8(start + 2) >> 4] ?? 0
  const isMono = view.getUint8(start + 3) >> 6 === 3
  const xing = start + 4 + (isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17)
  const hasFrames =
    xing + 12 <= view.byteLength &&
    [0x58696e67, 0x496e666f].includes(view.getUint32(xing)) &&
    (view.getUint32(xing + 4) & 1) === 1
  if (hasFrames && rate > 0) return (view.getUint32(xing + 8) * (isFirst ? 1152 : 576)) / rate
  return bitRate > 0 ? ((bytes - start) * 8) / (bitRate * 1000) : undefined
}

/** Returns the offset after an ID3 tag, whose size has seven bits in each byte. */
function mp3Start(view: DataView): number {
  if (view.byteLength < 10 || view.getUint8(0) !== 0x49) return 0
  return 10 + [6, 7, 8, 9].reduce((size, at) => size * 128 + view.getUint8(at), 0)
}
