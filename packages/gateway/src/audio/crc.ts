/** Returns FLAC's CRC-16: polynomial 0x8005, most significant bit first. */
export function crc16(bytes: Uint8Array): number {
  return bytes.reduce((crc, byte) => ((crc << 8) ^ (table16[(crc >> 8) ^ byte] ?? 0)) & 0xffff, 0)
}

/** Returns Ogg's CRC-32: polynomial 0x04c11db7, most significant bit first, not inverted. */
export function crc32(bytes: Uint8Array): number {
  return bytes.reduce((crc, byte) => (crc << 8) ^ (table32[(crc >>> 24) ^ byte] ?? 0), 0) >>> 0
}

const table16 = createTable(0x8005, 16)
const table32 = createTable(0x04c11db7, 32)

/** Returns the remainder of each single byte. */
function createTable(polynomial: number, width: number): number[] {
  const highest = 1 << (width - 1)
  return Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (width - 8)
    for (let bit = 0; bit < 8; bit++) crc = crc & highest ? (crc << 1) ^ polynomial : crc << 1
    return width === 16 ? crc & 0xffff : crc
  })
}
