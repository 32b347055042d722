import type { Sound } from './wav.ts'

const blockSize = 4096

/**
 * Encodes mono FLAC with 16-bit samples, without compression (RFC 9639).
 *
 * @param extra - Other bytes before the samples, like a tag.
 */
export function encodeFlac({ samples, rate }: Sound, extra?: Uint8Array): Buffer {
  const blocks = Array.from({ length: Math.ceil(samples.length / blockSize) }, (_, index) =>
    encodeFrame(samples.subarray(index * blockSize, (index + 1) * blockSize), rate, index),
  )
  const streamInfo = Buffer.alloc(34)
  streamInfo.writeUInt16BE(blockSize, 0)
  streamInfo.writeUInt16BE(blockSize, 2)
  // 20 bits of rate, 3 of channels - 1, 5 of sample width - 1, 36 of the number of samples.
  streamInfo.writeBigUInt64BE((BigInt(rate) << 44n) | (15n << 36n) | BigInt(samples.length), 10)
  const metadata = extra
    ? [encodeMetadata(0, streamInfo), encodeMetadata(0x82, Buffer.concat([Buffer.from('test'), extra]))]
    : [encodeMetadata(0x80, streamInfo)]
  return Buffer.concat([Buffer.from('fLaC'), ...metadata, ...blocks])
}

/** Encodes a metadata block. Bit 7 of the type marks the last one; type 2 is an application's. */
function encodeMetadata(type: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(content.length)
  head.writeUInt8(type)
  return Buffer.concat([head, content])
}

/** Encodes a frame with one verbatim subframe. */
function encodeFrame(samples: Float32Array, rate: number, index: number): Buffer {
  // Fixed block size; sizes of 16 bits follow; mono; 16 bits per sample.
  const size = Buffer.alloc(4)
  size.writeUInt16BE(samples.length - 1)
  size.writeUInt16BE(rate, 2)
  // A frame number is coded like a code point in UTF-8.
  const head = Buffer.concat([Buffer.from([0xff, 0xf8, 0x7d, 0x08]), Buffer.from(String.fromCodePoint(index)), size])
  const body = Buffer.alloc(1 + samples.length * 2)
  body.writeUInt8(2)
  for (const [at, sample] of samples.entries())
    body.writeInt16BE(Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))), 1 + 2 * at)
  const frame = Buffer.concat([head, Buffer.from([checksumOf(head, crc8, 8)]), body])
  const end = Buffer.alloc(2)
  end.writeUInt16BE(checksumOf(frame, crc16, 16))
  return Buffer.concat([frame, end])
}

const crc8 = checksumTable(8, 0x07)
const crc16 = checksumTable(16, 0x8005)

/** Returns the checksum of each byte, as a cyclic redundancy check of `width` bits. */
function checksumTable(width: number, polynomial: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let sum = byte << (width - 8)
    for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ ((sum >> (width - 1)) & 1 ? polynomial : 0)
    return sum & (2 ** width - 1)
  })
}

function checksumOf(bytes: Uint8Array, table: Uint16Array, width: number): number {
  let sum = 0
  for (const byte of bytes) sum = ((sum << 8) ^ (table[(sum >> (width - 8)) ^ byte] ?? 0)) & (2 ** width - 1)
  return sum
}
