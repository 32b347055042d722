import { FileError, reason } from './errors.ts'
import { recognize } from './media-type.ts'

/** A stream with what is known about it. With its `size` (in bytes) it is sent with a Content-Length. */
export interface NamedStream {
  stream: ReadableStream<Uint8Array>
  name?: string
  type?: string
  size?: number
}

/** What can be sent as a file; a path or file URL only where there are files: Node, Deno and Bun. */
export type FileInput =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | Uint8Array
  | ReadableStream<Uint8Array>
  | NamedStream
  | Response

/** Where the bytes of a file come from, and what is known about it. */
export interface FileSource {
  name?: string | undefined
  type?: string | undefined
  /** In bytes. */
  size?: number | undefined
  /** What runtimes that cannot stream a request send. */
  blob?: Blob
  /** Whether `chunks` can be asked for (once more). */
  canRead: () => boolean
  /** The bytes from the beginning. */
  chunks: () => AsyncGenerator<Uint8Array>
}

/** A file as a part of a multipart body: named, typed and not empty. */
export interface FilePart extends FileSource {
  name: string
  type: string
}

/** Completes name and media type from the first bytes; throws a FileError when there are none. */
export async function filePart(source: FileSource, field: string): Promise<FilePart> {
  const chunks = source.chunks()
  const { done, value: first } = await chunks.next()
  if (done) throw new FileError(`${source.name ?? field} is empty: there is nothing to send`)
  const known = recognize(first)
  // A Blob that was once in a FormData comes back as a File of this name.
  const name = source.name && source.name !== 'blob' ? source.name : [field, known?.extension].filter(Boolean).join('.')
  // A line break in it would end the header that it is going to stand in.
  const given = /^[\x20-\x7e]+$/.exec(source.type ?? '')?.[0]
  const part = { ...source, name, type: given ?? known?.mediaType ?? 'application/octet-stream' }
  if (source.canRead()) {
    await chunks.return(undefined)
    return part
  }
  let isRead = false
  return {
    ...part,
    canRead: () => !isRead,
    async *chunks() {
      isRead = true
      yield first
      yield* chunks
    },
  }
}

/** The source that is behind a value; undefined when the value is no file. A Response must be a good one. */
export function fileSource(value: unknown): FileSource | undefined {
  if (value instanceof Blob) return blobSource(value)
  if (value instanceof ArrayBuffer) return bytesSource(new Uint8Array(value))
  if (value instanceof Uint8Array) return bytesSource(value)
  if (value instanceof ReadableStream) return streamSource({ stream: value })
  if (value instanceof Response) return responseSource(value)
  if (isNamedStream(value)) return streamSource(value)
  return isFileSource(value) ? value : undefined
}

/** How much is read at once, in bytes. Larger pieces make uploads no faster and take more memory. */
export const chunkSize = 65_536

function blobSource(blob: Blob): FileSource {
  return {
    name: blob instanceof File ? blob.name : undefined,
    type: blob.type,
    size: blob.size,
    blob,
    canRead: () => true,
    async *chunks() {
      for (let at = 0; at < blob.size; at += chunkSize)
        yield new Uint8Array(await blob.slice(at, at + chunkSize).arrayBuffer())
    },
  }
}

function bytesSource(bytes: Uint8Array): FileSource {
  return {
    size: bytes.length,
    canRead: () => true,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize)
    },
  }
}

function streamSource({ stream, ...known }: NamedStream): FileSource {
  let isRead = false
  return {
    ...known,
    canRead: () => !isRead,
    async *chunks() {
      isRead = true
      const reader = stream.getReader()
      try {
        for (;;) {
          const { done, value } = await reader.read().catch((cause: unknown) => {
            throw new FileError(`${known.name ?? 'The stream'} breaks off: ${reason(cause)}`, { cause })
          })
          if (done) return
          if (value.length) yield value
        }
      } finally {
        reader.cancel().catch(() => {})
      }
    },
  }
}

function responseSource({ ok, status, url, headers, body }: Response): FileSource {
  if (!ok || !body) throw new FileError(`The Response given as a file has ${ok ? 'no body' : `status ${status}`}`)
  // A length with an encoding is that of the encoded bytes.
  const size = headers.get('content-encoding') ? null : headers.get('content-length')
  return streamSource({
    stream: body,
    name: decodeURIComponent(url.split(/[?#]/)[0]?.split('/').pop() ?? ''),
    type: headers.get('content-type') ?? '',
    ...(size && { size: Number(size) }),
  })
}

function isNamedStream(value: unknown): value is NamedStream {
  return typeof value === 'object' && value !== null && 'stream' in value && value.stream instanceof ReadableStream
}

function isFileSource(value: unknown): value is FileSource {
  return typeof value === 'object' && value !== null && 'chunks' in value && typeof value.chunks === 'function'
}
