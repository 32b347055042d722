import { crc16 } from '../audio/crc.ts'

/** Builds a FLAC file of unknown length with one constant frame of each sample rate in Hz. */
export function flacFile(rates: number[]): Uint8Array {
  const streamInfo = Buffer.alloc(34)
  // 16 bits and one channel.
  streamInfo.writeUInt32BE((8000 << 12) | (15 << 4), 10)
  return Buffer.concat([Buffer.from('fLaC\x80\0\0\x22', 'latin1'), streamInfo, ...rates.map(frame)])
}

/** RFC 9639, section 9: 192 samples of one channel with 16 bits, and the rate in the header. */
function frame(rate: number): Uint8Array {
  const content = Buffer.from([0xff, 0xf8, 0x1d, 0x08, 0, rate >> 8, rate & 0xff, 0, 0, 0x10, 0])
  const checksum = crc16(content)
  return Buffer.concat([content, Buffer.from([checksum >> 8, checksum & 0xff])])
}
