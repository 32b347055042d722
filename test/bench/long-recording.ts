import { readFile } from 'node:fs/promises'

const clip = (extension: string) =>
  readFile(new URL(`../../packages/conformance/fixtures/speech/austen-0930.${extension}`, import.meta.url))
const clipSeconds = 3.29

/** Repeats a clip in a file of each container. */
const joins: Record<string, (bytes: Buffer, times: number) => Uint8Array[]> = {
  mp3: (bytes, times) => repeat(bytes, times),
  wav(bytes, times) {
    const header = Buffer.from(bytes.subarray(0, 44))
    // The data size is unknown, as in a file that is written while it is recorded.
    header.writeUInt32LE(0xffffffff, 40)
    return [header, ...repeat(bytes.subarray(44), times)]
  },
  flac(bytes, times) {
    const frames = endOfMetadata(bytes)
    const metadata = Buffer.from(bytes.subarray(0, frames))
    // The number of samples, 36 bits: unknown.
    metadata.writeUInt8(metadata[21]! & 0xf0, 21)
    metadata.writeUInt32BE(0, 22)
    return [metadata, ...repeat(bytes.subarray(frames), times)]
  },
  ogg: repeatPages,
  opus: repeatPages,
  // A decoder that reads block by block continues with the next block.
  webm: (bytes, times) => repeat(bytes, times),
}

/** The containers of long recordings. */
export const containers: string[] = Object.keys(joins)

/** Returns a recording of at least so many seconds without pauses. */
export async function longRecording(container: string, seconds: number): Promise<Buffer> {
  return Buffer.concat(joins[container]!(await clip(container), Math.ceil(seconds / clipSeconds)))
}

const repeat = (bytes: Uint8Array, times: number) => Array.from({ length: times }, () => bytes)

function endOfMetadata(flac: Buffer): number {
  let offset = 4
  for (let isLast = false; !isLast;) {
    isLast = flac[offset]! >= 0x80
    offset += 4 + flac.readUIntBE(offset + 1, 3)
  }
  return offset
}

/** Header pages occur once: their granule position is 0. */
function repeatPages(ogg: Buffer, times: number): Uint8Array[] {
  let audio = 0
  while (ogg.readBigInt64LE(audio + 6) === 0n) {
    const sizes = ogg.subarray(audio + 27, audio + 27 + ogg[audio + 26]!)
    audio += 27 + sizes.length + sizes.reduce((sum, size) => sum + size, 0)
  }
  return [ogg.subarray(0, audio), ...repeat(ogg.subarray(audio), times)]
}
