import { crc32 } from '../audio/crc.ts'

interface OggPage {
  serial: number
  isFirst?: boolean
  /** The sizes of the parts of packets in the page. */
  sizes: number[]
  content: Uint8Array
}

/** Builds one page of an Ogg file. */
export function oggPage({ serial, isFirst = false, sizes, content }: OggPage): Uint8Array {
  const header = Buffer.alloc(27)
  header.write('OggS', 0)
  header.writeUInt8(isFirst ? 2 : 0, 5)
  header.writeUInt32LE(serial, 14)
  header.writeUInt8(sizes.length, 26)
  const page = Buffer.concat([header, Uint8Array.from(sizes), content])
  page.writeUInt32LE(crc32(page), 22)
  return page
}
