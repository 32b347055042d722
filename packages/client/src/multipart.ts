import type { UploadProgress } from './call.ts'
import { FileError } from './errors.ts'
import { filePart, fileSource, type FilePart } from './file-part.ts'

/** One part of a multipart/form-data body (RFC 7578). */
export type Part = [name: string, value: string | FilePart]

/** A body object as parts: files as file parts, arrays as repeated parts, other objects as JSON; null and undefined are left out. */
export async function parts(body: object): Promise<Part[]> {
  const entries = Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    [value].flat().map((item) => [name, item] as const),
  )
  const present = entries.filter(([, value]) => value !== undefined && value !== null)
  return Promise.all(
    present.map(async ([name, value]): Promise<Part> => {
      const source = fileSource(value)
      if (source) return [name, await filePart(source, name)]
      return [name, typeof value === 'string' ? value : JSON.stringify(value)]
    }),
  )
}

/** The body of one attempt on its way. */
export interface Upload {
  readonly onProgress: ((progress: UploadProgress) => void) | undefined
  /** Whether the gateway may have all of it. */
  isSent: boolean
  /** What went wrong on this side while a file was being read. */
  failure?: unknown
}

/** The encoded body: `size` in bytes, unless that of a file is unknown. */
export interface Multipart {
  contentType: string
  size: number | undefined
  chunks: AsyncGenerator<Uint8Array>
}

export function multipart(body: readonly Part[], upload: Upload): Multipart {
  const boundary = `----${crypto.randomUUID()}`
  const pieces = body.flatMap(([name, value]): (Uint8Array | FilePart)[] =>
    typeof value === 'string'
      ? [bytes(`--${boundary}\r\n${disposition(name)}\r\n\r\n${value}\r\n`)]
      : [
          bytes(
            `--${boundary}\r\n${disposition(name)}; filename="${escape(value.name)}"\r\nContent-Type: ${value.type}\r\n\r\n`,
          ),
          value,
          bytes('\r\n'),
        ],
  )
  pieces.push(bytes(`--${boundary}--\r\n`))
  const size = pieces.reduce(
    (sum, piece) => sum + (piece instanceof Uint8Array ? piece.length : (piece.size ?? NaN)),
    0,
  )
  const total = size === size ? size : undefined
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    size: total,
    chunks: chunks(upload, pieces, total),
  }
}

async function* chunks(
  upload: Upload,
  pieces: (Uint8Array | FilePart)[],
  total: number | undefined,
): AsyncGenerator<Uint8Array> {
  let loaded = 0
  const last = pieces.at(-1)
  try {
    for (const piece of pieces) {
      // Said before it is true: the gateway must not have the last byte while this still says that it has not.
      if (piece === last) upload.isSent = true
      for await (const chunk of piece instanceof Uint8Array ? [piece] : fileChunks(piece)) {
        yield chunk
        loaded += chunk.length
        upload.onProgress?.({ loaded, ...(total !== undefined && { total }) })
      }
    }
  } catch (error) {
    upload.failure = error
    throw error
  }
}

/** A body that is longer or shorter than its Content-Length breaks the connection in ways that differ between runtimes. */
async function* fileChunks({ name, size, ...file }: FilePart): AsyncGenerator<Uint8Array> {
  let read = 0
  for await (const chunk of file.chunks()) {
    read += chunk.length
    if (size !== undefined && read > size) break
    yield chunk
  }
  if (size !== undefined && read !== size)
    throw new FileError(`${name} does not have the ${size} bytes that it was said to have`)
}

const encoder = new TextEncoder()
const bytes = (text: string) => encoder.encode(text)
const disposition = (name: string) => `Content-Disposition: form-data; name="${escape(name)}"`

/** As HTML's multipart/form-data encoding algorithm does it, which browsers follow. */
function escape(name: string): string {
  return name.replaceAll(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22')
}
