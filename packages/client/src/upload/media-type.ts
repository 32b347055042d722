/** How recordings begin, byte by byte as Latin-1, with the container, which is the usual extension, too, and the media type. */
const signatures: readonly [beginning: RegExp, container: string, mediaType: string][] = [
  [/^RIFF....WAVE/s, 'wav', 'audio/wav'],
  [/^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/, 'mp3', 'audio/mpeg'],
  [/^....ftyp/s, 'm4a', 'audio/mp4'],
  [/^.E\xdf\xa3/s, 'webm', 'audio/webm'],
  [/^OggS/, 'ogg', 'audio/ogg'],
  [/^fLaC/, 'flac', 'audio/flac'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'aac', 'audio/aac'],
]

/** Name and media type of a file: as given, else after its first bytes, else after the field that it is for. */
export function label(
  bytes: Uint8Array,
  field: string,
  name = '',
  type = '',
): { name: string; type: string; container: string | undefined } {
  const beginning = String.fromCharCode(...bytes.subarray(0, 12))
  const [, container, mediaType] = signatures.find(([pattern]) => pattern.test(beginning)) ?? []
  return {
    name: name || (container ? `${field}.${container}` : field),
    type: type || (mediaType ?? 'application/octet-stream'),
    container,
  }
}
