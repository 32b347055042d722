import { FileError } from '../errors.ts'

/**
 * A stream with its name, type and size. With `size` (in bytes), it is sent with a Content-Length.
 */
export interface NamedStream {
  stream: ReadableStream<Uint8Array>
  name?: string
  type?: string
  size?: number
}

/** The types of file that a form accepts. Paths and file URLs work in Node, Deno and Bun only. */
export type FileInput =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | Uint8Array
  | ReadableStream<Uint8Array>
  | NamedStream
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
  return value instanceof File && value.name !== 'blob' ? value.name : undefined
}

export function isNamedStream(value: unknown): value is NamedStream {
  return (value as { stream?: unknown }).stream instanceof ReadableStream
}

/** Returns the file in a Response. Throws a FileError if the Response has no usable body. */
export function fileFromResponse({ ok, status, url, headers, body }: Response): NamedStream {
  if (!ok || !body) throw new FileError(`The Response given as a file has ${ok ? 'no body' : `status ${status}`}`)
  // With a content coding, the length is that of the encoded bytes.
  const size = headers.get('content-encoding') ? null : headers.get('content-length')
  const name = url.replace(/[?#].*|.*\/(?=[^/?#]*([?#]|$))/gs, '')
  return {
    stream: body,
    name: decodeURIComponent(name),
    type: headers.get('content-type') ?? '',
    ...(size && { size: Number(size) }),
  }
}

export async function rejectPath(path: string): Promise<never> {
  throw new FileError(`${path} cannot be opened: this runtime has no files; pass a Blob, a stream or a Response`)
}
