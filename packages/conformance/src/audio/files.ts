import { encodeWav, silence } from './wav.ts'

/** Returns the header of a WAV file of one second, without its samples. */
export const wavHeaderOnly = (): Buffer => encodeWav(silence(1)).subarray(0, 44)

/** The first bytes of a PNG image. */
export const png: Buffer = Buffer.from('\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\b\x06\0\0\0', 'latin1')

/** An MP4 file without a track. */
export const mp4WithoutTrack: Buffer = Buffer.concat([
  encodeBox('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
  encodeBox('moov', Buffer.alloc(0)),
  encodeBox('mdat', Buffer.alloc(64)),
])

function encodeBox(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}
