const bitrates = {
  /** Kilobits per second by index: MPEG-1 Layer III, and Layer III of MPEG-2 and 2.5. */
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const rates = [44_100, 48_000, 32_000]

/** The first seconds of an MP3 file, cut between frames. Source: ISO/IEC 11172-3, section 2.4.2.3, and ISO/IEC 13818-3. */
export function cutMp3(file: Buffer, seconds: number): Buffer {
  const tag = file.toString('latin1', 0, 3) === 'ID3' ? 10 + readSyncsafe(file.subarray(6, 10)) : 0
  let at = tag
  let heard = 0
  while (heard < seconds && at + 4 <= file.length) {
    const [sync, version, padding] = [file.readUInt16BE(at) >> 5, (file[at + 1]! >> 3) & 3, (file[at + 2]! >> 1) & 1]
    const rate = rates[(file[at + 2]! >> 2) & 3]! / (version === 3 ? 1 : version === 2 ? 2 : 4)
    const bitrate = bitrates[version === 3 ? 'one' : 'two'][file[at + 2]! >> 4]!
    if (sync !== 0x7ff || !rate || !bitrate) throw new Error(`No frame of MPEG audio at byte ${at}.`)
    const samples = version === 3 ? 1152 : 576
    at += Math.floor(((samples / 8) * bitrate * 1000) / rate) + padding
    heard += samples / rate
  }
  return file.subarray(tag, at)
}

/** A number of seven bits a byte. */
const readSyncsafe = (bytes: Buffer): number => bytes.reduce((sum, byte) => (sum << 7) | byte, 0)
