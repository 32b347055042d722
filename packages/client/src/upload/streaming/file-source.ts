import { FileError } from '../../errors.ts'
import { FilePath, type ByteStream } from '../file-input.ts'
import { labelFile } from '../label-file.ts'
import { readerOf } from './byte-reader.ts'
import { toContent } from './to-content.ts'

/** The bytes of a file, with its metadata. */
export interface FileSource {
  name?: string | undefined
  type?: string | undefined
  /** In bytes. */
  size?: number | undefined
  /** Returns true if `chunks` can be called, or called again. */
  canRead: () => boolean
  /**
   * Yields the bytes from the beginning. With `areTaken`, the consumer is done with a chunk when it
   * asks for the next.
   */
  chunks: (areTaken?: boolean) => AsyncGenerator<Uint8Array>
  /** Releases a source that cannot be read again. */
  close?: () => void
}

/** A file with a name, a type and at least one byte. */
export interface FilePart extends FileSource {
  name: string
  type: string
  container: string | undefined
}

/** Opens the file at a path or file URL. Throws a FileError if it does not exist. */
export type OpenFile = (path: string) => Promise<FileSource>

/** Bytes per read. Larger pieces take more memory, smaller ones more time. */
const chunkSize = 32_768

/**
 * Returns the file in a value, or undefined if the value is not a file. Throws a FileError if it
 * cannot be sent.
 */
export async function filePart(value: unknown, field: string, openFile: OpenFile): Promise<FilePart | undefined> {
  const source = value instanceof FilePath ? await openFile(value.path) : sourceOf(value)
  if (!source) return undefined
  const { name, type } = source
  const chunks = source.chunks()
  const { done, value: first } = await chunks.next()
  if (done) throw new FileError(`${name ?? field} is empty: there is nothing to send`)
  const part = { ...source, ...labelFile(first, field, name, type) }
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
  const file = toContent(value)
  if (!file) return undefined
  const { content, ...known } = file
  if (ArrayBuffer.isView(content)) return { ...known, ...bytesSource(content) }
  return 'arrayBuffer' in content
    ? { ...known, ...blobSource(content) }
    : { ...known, ...streamSource(content, known.name) }
}

function blobSource(blob: Blob): FileSource {
  const read = async (at: number) => new Uint8Array(await blob.slice(at, at + chunkSize).arrayBuffer())
  let first: Promise<Uint8Array> | undefined
  return {
    canRead: () => true,
    async *chunks() {
      // The label of the file and the body both need the beginning, so it is read once.
      for (let at = 0; at < blob.size; at += chunkSize) yield at ? read(at) : (first ??= read(at))
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

function streamSource(stream: ByteStream, name: string | undefined): FileSource {
  const reader = readerOf(stream, name)
  let isRead = false
  return {
    canRead: () => !isRead,
    close: reader.cancel,
    async *chunks() {
      isRead = true
      for (let bytes = await reader.read(); bytes; bytes = await reader.read()) if (bytes.length) yield bytes
    },
  }
}
