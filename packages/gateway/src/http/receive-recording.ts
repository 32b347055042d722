/** The maximum size of a buffer in bytes. */
const most = 2 ** 32

/**
 * Collects the bytes of a file in a buffer that grows in place. A long recording is in memory once
 * and can be moved to a thread.
 */
export async function receiveRecording(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const buffer = new ArrayBuffer(0, { maxByteLength: Math.min(maxBytes, most) })
  for await (const chunk of chunks) {
    const end = buffer.byteLength
    buffer.resize(end + chunk.length)
    new Uint8Array(buffer, end).set(chunk)
  }
  return new Uint8Array(buffer)
}
