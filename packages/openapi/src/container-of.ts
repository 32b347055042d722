/** The container formats of recordings, named after their usual file extension. */
export type Container = 'wav' | 'flac' | 'ogg' | 'webm' | 'm4a' | 'aac' | 'mp3'

/** The first bytes of each container, as Latin-1 characters. */
const signatures: readonly [beginning: RegExp, container: Container][] = [
  [/^RIFF....WAVE/s, 'wav'],
  [/^fLaC/, 'flac'],
  [/^OggS/, 'ogg'],
  [/^\x1a\x45\xdf\xa3/, 'webm'],
  [/^....ftyp/s, 'm4a'],
  // ADTS frames have the 12-bit sync word of MPEG audio, and zero in its two layer bits.
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'aac'],
  // An ID3 tag, or a frame of layer II or III. Layer I would match the byte order mark of UTF-16.
  [/^(ID3|\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd])/, 'mp3'],
]

/**
 * Returns the container that a file begins with, or undefined for any other file. Needs twelve
 * bytes.
 */
export function containerOf(bytes: Uint8Array): Container | undefined {
  const beginning = String.fromCharCode(...bytes.subarray(0, 12))
  return signatures.find(([pattern]) => pattern.test(beginning))?.[1]
}
