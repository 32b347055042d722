import { FileError, reason } from '../../errors.ts'
import { fileName, FilePath, isNamedStream, responseFile, type NamedStream } from '../file-input.ts'
import { label } from '../media-type.ts'

/** Where the bytes of a file come from, and what is known about it. */
export interface FileSource {
  name?: string | undefined
  type?: string | undefined
  /** In bytes. */
  size?: number | undefined
  /** Whether `chunks` can be asked for (once more). */
  canRead: () => boolean
  /** The bytes from the beginning; with `areTaken`, who reads them has taken a chunk over when it asks for the next one. */
  chunks: (areTaken?: boolean) => AsyncGenerator<Uint8Array>
  /** Lets go of what cannot be read again. */
  close?: () => void
}

/** A file that is named, typed and not empty. */
export interface FilePart extends FileSource {
  name: string
  type: string
  container: string | undefined
}

/** Opens the file at a path or file URL; throws a FileError when there is none. */
export type OpenFile = (path: string) => Promise<FileSource>

/** How much is read at once, in bytes: larger pieces take more memory, smaller ones more time. */
const chunkSize = 32_768

/** The file that a value stands for; undefined when it is none. Throws a FileError when it cannot be sent. */
export async function filePart(value: unknown, field: string, openFile: OpenFile): Promise<FilePart | undefined> {
  const source = value instanceof FilePath ? await openFile(value.path) : sourceOf(value)
  if (!source) return undefined
  const { name, type } = source
  const chunks = source.chunks()
  const { done, value: first } = await chunks.next()
  if (done) throw new FileError(`${name ?? field} is empty: there is nothing to send`)
  const part = { ...source, ...label(first, field, name, type) }
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

function sourceOf(value: unknown): FileSource | undefined {
  if (value instanceof Blob) return blobSource(value)
  if (value instanceof ArrayBuffer) return bytesSource(new Uint8Array(value))
  if (value instanceof Uint8Array) return bytesSource(value)
  if (value instanceof ReadableStream) return streamSource({ stream: value })
  if (value instanceof Response) return streamSource(responseFile(value))
  return isNamedStream(value) ? streamSource(value) : undefined
}

function blobSource(blob: Blob): FileSource {
  return {
    name: fileName(blob),
    type: blob.type,
    size: blob.size,
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
  const reader = stream.getReader()
  let isRead = false
  return {
    ...known,
    canRead: () => !isRead,
    close: () => void reader.cancel().catch(() => {}),
    async *chunks() {
      isRead = true
      for (;;) {
        const { done, value } = await reader.read().catch((cause: unknown) => {
          throw new FileError(`${known.name ?? 'The stream'} breaks off: ${reason(cause)}`, { cause })
        })
        if (done) return
        if (value.length) yield value
      }
    },
  }
}
