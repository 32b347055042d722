/**
 * Returns the bytes after an ID3v2 tag, which may precede any container. The tag has ten bytes of
 * header; the last four of them state the size of the rest, with seven bits each.
 */
export function skipId3(bytes: Uint8Array): Uint8Array {
  const isTag = bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33
  if (!isTag) return bytes
  return bytes.subarray(10 + bytes.subarray(6, 10).reduce((size, byte) => (size << 7) | (byte & 0x7f), 0))
}
