/** How recordings begin, byte by byte as Latin-1, with the usual extension and media type. */
const signatures: readonly [beginning: RegExp, extension: string, mediaType: string][] = [
  [/^RIFF....WAVE/s, 'wav', 'audio/wav'],
  [/^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/, 'mp3', 'audio/mpeg'],
  [/^....ftyp/s, 'm4a', 'audio/mp4'],
  [/^.E\xdf\xa3/s, 'webm', 'audio/webm'],
  [/^OggS/, 'ogg', 'audio/ogg'],
  [/^fLaC/, 'flac', 'audio/flac'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'aac', 'audio/aac'],
]

/** The container that these bytes begin, when it is known. */
export function recognize(bytes: Uint8Array): { extension: string; mediaType: string } | undefined {
  const beginning = String.fromCharCode(...bytes.subarray(0, 12))
  const [, extension, mediaType] = signatures.find(([pattern]) => pattern.test(beginning)) ?? []
  return extension && mediaType ? { extension, mediaType } : undefined
}
