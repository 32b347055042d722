import { FileError } from '../../errors.ts'
import type { Parts } from '../form.ts'
import type { Upload } from '../upload.ts'
import type { FilePart } from './file-source.ts'

/**
 * The encoded body of one attempt. `size` is in bytes; undefined if the size of a file is unknown.
 */
export interface Multipart {
  contentType: string
  size: number | undefined
  chunks: AsyncGenerator<Uint8Array>
}

/** Encodes the parts as multipart/form-data (RFC 7578). */
export function encodeMultipart(parts: Parts<FilePart>, upload: Upload, areTaken: boolean): Multipart {
  const boundary = `----${crypto.randomUUID()}`
  // The encoder of a test environment yields arrays of another realm, so `instanceof` fails.
  const pieces = parts.flatMap(([name, value]): (Uint8Array | FilePart)[] => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"`
    if (typeof value === 'string') return [bytes(`${head}\r\n\r\n${value}\r\n`)]
    // A line break in the type would end the header.
    const type = value.type.replaceAll(/[^\x20-\x7e]/g, '')
    return [bytes(`${head}; filename="${escape(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`), value, bytes('\r\n')]
  })
  pieces.push(bytes(`--${boundary}--\r\n`))
  const size = pieces.reduce((sum, piece) => sum + ('chunks' in piece ? (piece.size ?? NaN) : piece.length), 0)
  const total = Number.isNaN(size) ? undefined : size
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    size: total,
    chunks: chunks(pieces, upload, total, areTaken),
  }
}

async function* chunks(
  pieces: readonly (Uint8Array | FilePart)[],
  upload: Upload,
  total: number | undefined,
  areTaken: boolean,
): AsyncGenerator<Uint8Array> {
  let loaded = 0
  const last = pieces.at(-1)
  for (const piece of pieces) {
    // Set before the last piece is written, so that the gateway never has all bytes while the flag
    // is false.
    if (piece === last) upload.isComplete = true
    const { size, name, source } =
      'chunks' in piece
        ? { ...piece, source: piece.chunks(areTaken) }
        : { size: piece.length, name: '', source: [piece] }
    let left = size ?? Infinity
    for await (const chunk of source) {
      left -= chunk.length
      if (left < 0) break
      yield chunk
      loaded += chunk.length
      upload.onProgress?.({ loaded, ...(total !== undefined && { total }) })
    }
    // Runtimes react differently to a body that does not match its Content-Length, so this is an
    // error.
    if (size !== undefined && left !== 0)
      throw new FileError(`${name} does not have the ${size} bytes that were announced`)
  }
}

const encoder = new TextEncoder()
const bytes = (text: string) => encoder.encode(text)

/** Escapes a name like browsers (HTML, multipart/form-data encoding algorithm). */
function escape(name: string): string {
  return name.replaceAll(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22')
}
