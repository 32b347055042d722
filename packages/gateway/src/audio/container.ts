export type Container = 'wav' | 'mp3' | 'flac' | 'ogg' | 'webm' | 'mp4' | 'aac'

const signatures: [container: Container, matches: (bytes: Uint8Array) => boolean][] = [
  ['wav', (bytes) => hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WAVE')],
  ['flac', (bytes) => hasText(bytes, 0, 'fLaC')],
  ['ogg', (bytes) => hasText(bytes, 0, 'OggS')],
  ['webm', (bytes) => hasText(bytes, 0, '\x1a\x45\xdf\xa3')],
  ['mp4', (bytes) => hasText(bytes, 4, 'ftyp')],
  // Both begin with a sync word of 12 bits (11 in MPEG 2.5); the two bits for the layer are zero in AAC (ADTS), never in MP3.
  ['aac', ([first = 0, second = 0]) => first === 0xff && (second & 0xf6) === 0xf0],
  ['mp3', ([first = 0, second = 0]) => first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0],
]

/** Tells a container by its first bytes. */
export function detectContainer(bytes: Uint8Array): Container | undefined {
  return signatures.find(([, matches]) => matches(bytes))?.[0]
}

/** What follows an ID3v2 tag, which may stand before any container: ten bytes, and as many more as the last four of them say, with seven bits each. */
export function skipId3(bytes: Uint8Array): Uint8Array {
  if (!hasText(bytes, 0, 'ID3')) return bytes
  return bytes.subarray(10 + bytes.subarray(6, 10).reduce((size, byte) => (size << 7) | (byte & 0x7f), 0))
}

function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(offset, offset + text.length)) === text
}
