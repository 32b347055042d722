import { HttpError } from '../http/http-error.ts'
import { parseParameters } from './parameters.ts'
import { PartReader, type FilePart } from './part-reader.ts'

export type { FilePart } from './part-reader.ts'

/** A file part that has been received. */
export interface ReceivedFile<Value> extends FilePart {
  size: number
  /** The result of the receiver. */
  value: Value
}

/**
 * Receives the bytes of a file part as they arrive. Bytes that it does not read are discarded. The
 * signal aborts if the body is refused or breaks off later.
 */
export type ReceiveFile<Value> = (
  part: FilePart,
  bytes: AsyncIterable<Uint8Array>,
  refused: AbortSignal,
) => Promise<Value>

/** A text part. */
export interface TextPart {
  name: string
  value: string
  mediaType: string
}

export interface MultipartForm<Value> {
  /** Text parts by name. The last part of a name wins. */
  fields: Record<string, string>
  /** All text parts, in their order. */
  texts: TextPart[]
  files: ReceivedFile<Value>[]
}

/** Limits for everything except the size of files, which the caller limits. */
const limits = { fields: 1000, files: 100, fieldSize: 1024 * 1024, fieldNameSize: 1024 }

/**
 * Reads a multipart/form-data body (RFC 7578). Text parts are kept; files go to `receiveFile` one
 * after the other. A slow receiver slows down the sender: nothing is read ahead. `checkForm` throws
 * if the form is refused.
 *
 * @throws HttpError 400 for a malformed body, 413 for a file or field over its limit
 */
export async function readMultipart<Value>(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  maxBytes: number,
  receiveFile: ReceiveFile<Value>,
  checkForm?: (form: MultipartForm<Value>) => void,
): Promise<MultipartForm<Value>> {
  const boundary = parseParameters(contentType)['boundary']
  if (!boundary)
    throw new HttpError(400, 'The multipart body has no boundary: let the HTTP client set the Content-Type.')
  const reader = new PartReader(body, boundary)
  const form: MultipartForm<Value> = { fields: {}, texts: [], files: [] }
  const refused = new AbortController()
  let fields = 0
  try {
    for (let part = await reader.nextPart(); part; part = await reader.nextPart()) {
      const { name, filename, mediaType } = part
      if (Buffer.byteLength(name) > limits.fieldNameSize) throw fieldTooLarge(name)
      if (filename !== undefined || mediaType === 'application/octet-stream') {
        if (form.files.length === limits.files) throw new HttpError(413, `More than ${limits.files} files.`)
        form.files.push(await receive(part, reader, maxBytes, (bytes) => receiveFile(part, bytes, refused.signal)))
      } else {
        if (++fields > limits.fields) throw new HttpError(413, `More than ${limits.fields} fields.`)
        const value = await readText(name, reader)
        form.fields[name] = value
        form.texts.push({ name, value, mediaType })
      }
    }
    await reader.finish()
    checkForm?.(form)
    return form
  } catch (error) {
    refused.abort(error)
    throw error
  } finally {
    await reader.close()
  }
}

async function receive<Value>(
  part: FilePart,
  reader: PartReader,
  maxBytes: number,
  receiveBytes: (bytes: AsyncIterable<Uint8Array>) => Promise<Value>,
): Promise<ReceivedFile<Value>> {
  let size = 0
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    const value = await reader.nextChunk()
    size += value?.length ?? 0
    if (size > maxBytes) throw new HttpError(413, `The file is larger than the ${maxBytes} bytes that are accepted.`)
    return value ? { done: false, value } : { done: true, value }
  }
  const value = await receiveBytes({ [Symbol.asyncIterator]: () => ({ next }) })
  // A receiver may stop early. The rest still counts towards the size.
  while (!(await next()).done);
  return { ...part, size, value }
}

async function readText(name: string, reader: PartReader): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (let chunk = await reader.nextChunk(); chunk; chunk = await reader.nextChunk()) {
    size += chunk.length
    if (size > limits.fieldSize) throw fieldTooLarge(name)
    chunks.push(chunk)
  }
  return utf8.decode(join(chunks))
}

const utf8 = new TextDecoder()

function join(chunks: Uint8Array[]): Uint8Array {
  const [first] = chunks
  return first && chunks.length === 1 ? first : Buffer.concat(chunks)
}

const fieldTooLarge = (name: string) => new HttpError(413, `The field '${name.slice(0, 80)}' is too large.`)

/** A receiver that keeps the bytes. */
export async function collect(_: FilePart, bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return join(chunks)
}
