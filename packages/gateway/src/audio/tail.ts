/** Tags that some programs append to any file. */
const tags = ['TAG', 'ID3', 'APETAGEX', 'LYRICSBEGIN']

/** Returns true if the bytes at an offset are no audio: nothing, zeros to the end, or a tag. */
export function isTail(bytes: Uint8Array, offset: number): boolean {
  let end = offset
  while (bytes[end] === 0) end++
  return end >= bytes.length || tags.some((tag) => startsWith(bytes, end, tag))
}

/** Returns true if this text begins at an offset. */
export function startsWith(bytes: Uint8Array, offset: number, text: string): boolean {
  return Array.from(text).every((character, index) => bytes[offset + index] === character.charCodeAt(0))
}
