import { fileFromResponse, isNamedStream, nameOf, type ByteStream } from '../file-input.ts'

/** The content of a file, and what is known about it. */
export interface FileContent {
  content: Blob | Uint8Array<ArrayBuffer> | ByteStream
  name?: string | undefined
  type?: string | undefined
  size?: number | undefined
}

/**
 * Returns the content of a value that is a file, or undefined. The value may come from another
 * realm or library, so its properties decide, not its class. Throws a FileError for a Response that
 * cannot be read.
 */
export function toContent(value: unknown): FileContent | undefined {
  const bytes = toBytes(value)
  if (bytes) return { content: bytes }
  const has = (...names: string[]) => names.every((name) => name in Object(value))
  if (has('createReadStream')) return toContent((value as { createReadStream: () => unknown }).createReadStream())
  if (has('getReader')) return { content: value as ReadableStream<Uint8Array> }
  if (has('arrayBuffer', 'slice')) {
    const { type, size } = value as Blob
    return { content: value as Blob, type, size, name: nameOf(value) }
  }
  if (has('arrayBuffer', 'headers')) return contentOfResponse(value as Response)
  if (isNamedStream(value)) return { ...value, content: value.stream }
  if (!has(Symbol.asyncIterator as never)) return undefined
  // A stream of node:fs knows its path.
  const { path } = value as { path?: unknown }
  const name = typeof path === 'string' ? path.replace(/.*[/\\]/s, '') : undefined
  return { content: value as AsyncIterable<Uint8Array>, name }
}

function contentOfResponse(response: Response): FileContent {
  const { stream, ...known } = fileFromResponse(response)
  // With a content coding, the length is that of the encoded bytes.
  const length = response.headers.get('content-encoding') ? null : response.headers.get('content-length')
  return { ...known, content: stream, size: length === null ? undefined : Number(length) }
}

/** Returns the bytes in a buffer or a view, or undefined. fetch() rejects shared memory: a copy. */
export function toBytes(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  const kind = (given: unknown) => Object.prototype.toString.call(given)
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength)
    : kind(value).endsWith('ArrayBuffer]') && new Uint8Array(value as ArrayBuffer)
  return bytes ? (kind(bytes.buffer).includes('Shared') ? bytes.slice() : bytes) : undefined
}
