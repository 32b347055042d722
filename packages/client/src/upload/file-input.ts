import { FileError } from '../errors.ts'

/** A stream with what is known about it. With its `size` (in bytes) it is sent with a Content-Length. */
export interface NamedStream {
  stream: ReadableStream<Uint8Array>
  name?: string
  type?: string
  size?: number
}

/** What can be sent as a file. A path or file URL only where there are files: in Node, Deno and Bun. */
export type FileInput =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | Uint8Array
  | ReadableStream<Uint8Array>
  | NamedStream
  | Response

/** A path that was given as a file. A class, so that no JSON can pass for one and make the client read a file. */
export class FilePath {
  readonly path: string

  constructor(path: string | URL) {
    this.path = String(path)
  }
}

/** A Blob that was once in a FormData comes back as a File of the name "blob", which says nothing. */
export function fileName(value: unknown): string | undefined {
  return value instanceof File && value.name !== 'blob' ? value.name : undefined
}

export function isNamedStream(value: unknown): value is NamedStream {
  return (value as { stream?: unknown }).stream instanceof ReadableStream
}

/** What a Response says about the file in it; throws a FileError when it is no good one. */
export function responseFile({ ok, status, url, headers, body }: Response): NamedStream {
  if (!ok || !body) throw new FileError(`The Response given as a file has ${ok ? 'no body' : `status ${status}`}`)
  // A length with an encoding is that of the encoded bytes.
  const size = headers.get('content-encoding') ? null : headers.get('content-length')
  const name = url.replace(/[?#].*|.*\/(?=[^/?#]*([?#]|$))/gs, '')
  return {
    stream: body,
    name: decodeURIComponent(name),
    type: headers.get('content-type') ?? '',
    ...(size && { size: Number(size) }),
  }
}

export async function noFiles(path: string): Promise<never> {
  throw new FileError(`${path} cannot be opened: there are no files here; pass a Blob, a stream or a Response`)
}
