/** Kilobits per second by index, for Layer III of MPEG-1 and of MPEG-2 and 2.5. */
const bitrates = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const rates = [44_100, 48_000, 32_000]

/**
 * Returns the first seconds of an MP3 file, cut between frames.
 * See ISO/IEC 11172-3, section 2.4.2.3, and ISO/IEC 13818-3.
 */
export function cutMp3(file: Buffer, seconds: number): Buffer {
  const tag = file.toString('latin1', 0, 3) === 'ID3' ? 10 + readSyncsafe(file.subarray(6, 10)) : 0
  let at = tag
  let heard = 0
  while (heard < seconds && at + 4 <= file.length) {
    const frame = readFrame(file, at)
    at += frame.bytes
    heard += frame.seconds
  }
  return file.subarray(tag, at)
}

function readFrame(file: Buffer, at: number): { bytes: number; seconds: number } {
  const [second, third] = [file.readUInt8(at + 1), file.readUInt8(at + 2)]
  const [sync, version, padding] = [file.readUInt16BE(at) >> 5, (second >> 3) & 3, (third >> 1) & 1]
  const baseRate = rates[(third >> 2) & 3]
  const bitrate = bitrates[version === 3 ? 'one' : 'two'][third >> 4]
  if (sync !== 0x7ff || !baseRate || !bitrate) throw new Error(`There is no frame of MPEG audio at byte ${at}.`)
  const rate = baseRate / (version === 3 ? 1 : version === 2 ? 2 : 4)
  const samples = version === 3 ? 1152 : 576
  return { bytes: Math.floor(((samples / 8) * bitrate * 1000) / rate) + padding, seconds: samples / rate }
}

/** Reads a number with seven bits in each byte. */
const readSyncsafe = (bytes: Buffer): number => bytes.reduce((sum, byte) => (sum << 7) | byte, 0)
