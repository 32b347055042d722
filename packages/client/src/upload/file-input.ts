import { FileError } from '../errors.ts'

/** Bytes that arrive piece by piece. Browsers accept no Node streams and generators. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * A stream with its name, type and size. With `size` (in bytes), it is sent with a Content-Length.
 */
export interface NamedStream {
  stream: ByteStream
  name?: string
  type?: string
  size?: number
}

/** An open file of `node:fs/promises`. */
interface OpenedFile {
  createReadStream: () => AsyncIterable<Uint8Array>
}

/** A file as React Native and its libraries describe it. */
export interface NativeFile {
  /** For example `file:///…`, `content://…` or a `data:` URL. */
  uri: string
  name?: string
  type?: string
}

/**
 * The types of file that a form accepts. Paths, file URLs, open files and asynchronous iterables
 * work in Node, Deno and Bun only, and a NativeFile in React Native only.
 */
export type FileInput =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | SharedArrayBuffer
  | ArrayBufferView
  | ByteStream
  | NamedStream
  | OpenedFile
  | NativeFile
  | Response

/**
 * A path given as a file. A class, so that JSON from elsewhere can never make the client read a
 * file.
 */
export class FilePath {
  readonly path: string

  constructor(path: string | URL) {
    this.path = String(path)
  }
}

/** FormData turns a Blob into a File with the meaningless name "blob". */
export function nameOf(value: unknown): string | undefined {
  const { name } = value as Partial<File>
  return name === 'blob' ? undefined : name
}

export function isNamedStream(value: unknown): value is NamedStream {
  return typeof Object(value).stream === 'object'
}

/** Returns the file in a Response. Throws a FileError if the Response has no usable body. */
export function fileFromResponse({ ok, status, url, headers, body, bodyUsed }: Response): NamedStream {
  if (!ok || !body || bodyUsed) throw new FileError(`The Response has ${ok ? 'no body' : `status ${status}`}`)
  return { stream: body, name: nameInUrl(url), type: headers.get('content-type') ?? '' }
}

/** Returns the last segment of a URL. */
export function nameInUrl(url: string): string {
  const name = url.replace(/[?#].*/s, '').replace(/.*\//s, '')
  // A percent sign may also be part of a name.
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

export async function rejectPath(path: string): Promise<never> {
  throw new FileError(`${path} cannot be opened: this runtime has no files: pass a Blob, stream or Response`)
}
