import type { Readable } from 'node:stream'
import busboy, { type Busboy } from 'busboy'
import { HttpError } from './http-error.ts'

/** A file part, before its bytes. */
export interface FilePart {
  name: string
  filename: string | undefined
  mediaType: string
}

/** A file part, after its bytes: `value` is what the receiver made of them. */
export interface ReceivedFile<Value> extends FilePart {
  size: number
  value: Value
}

/** Takes the bytes of a file part as they arrive. */
export type ReceiveFile<Value> = (part: FilePart, bytes: AsyncIterable<Uint8Array>) => Promise<Value>

export interface Form<Value> {
  /** Text parts; of several with one name, the last. */
  fields: Record<string, string>
  files: ReceivedFile<Value>[]
}

/** Bounds on everything but the files, whose size is the caller's to limit. */
const limits = {
  fields: 100,
  files: 20,
  parts: 110,
  fieldSize: 1024 * 1024,
  fieldNameSize: 1024,
  headerPairs: 100,
  headerSize: 16 * 1024,
}

/**
 * Reads a multipart/form-data body as a stream: text parts are kept, files go to `receiveFile` as they arrive.
 *
 * @throws HttpError 400 for a body that is not well-formed, 413 for a file or field over its limit
 */
export async function readMultipart<Value>(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  maxBytes: number,
  receiveFile: ReceiveFile<Value>,
): Promise<Form<Value>> {
  const fields: Record<string, string> = {}
  const files: Promise<ReceivedFile<Value>>[] = []
  const parser = open(contentType, maxBytes)

  const parsed = new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) =>
      reject(error instanceof HttpError ? error : new HttpError(400, `Malformed multipart body: ${error.message}.`))
    parser.on('error', (error) => refuse(error as Error))
    parser.on('partsLimit', () => refuse(new HttpError(413, `More than ${limits.parts} parts.`)))
    parser.on('filesLimit', () => refuse(new HttpError(413, `More than ${limits.files} files.`)))
    parser.on('fieldsLimit', () => refuse(new HttpError(413, `More than ${limits.fields} fields.`)))
    parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
      if (nameTruncated || valueTruncated)
        refuse(new HttpError(413, `The field '${name.slice(0, 80)}' is too large.`))
      else fields[name] = value
    })
    parser.on('file', (name, stream, { filename, mimeType: mediaType }) => {
      stream.on('limit', () =>
        refuse(new HttpError(413, `The file is larger than the ${maxBytes} bytes that are accepted.`)),
      )
      // Who has stopped reading is not told by the stream; a listener it must have.
      stream.on('error', refuse)
      const part: FilePart = { name, filename, mediaType }
      const file = receive(part, stream, receiveFile)
      file.catch(refuse)
      files.push(file)
    })
    parser.on('finish', resolve)
    pump(body, parser).catch(refuse)
  })
  await parsed
  return { fields, files: await Promise.all(files) }
}

function open(contentType: string, fileSize: number): Busboy {
  try {
    return busboy({
      headers: { 'content-type': contentType },
      // The parser's own limit is reached by its last byte already.
      limits: { ...limits, fileSize: fileSize + 1 },
      defParamCharset: 'utf8',
    })
  } catch {
    throw new HttpError(400, 'The multipart body has no boundary: let the HTTP client set the Content-Type.')
  }
}

async function pump(body: AsyncIterable<Uint8Array>, parser: Busboy): Promise<void> {
  for await (const chunk of body) {
    if (parser.destroyed) return
    if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve))
  }
  parser.end()
}

async function receive<Value>(
  part: FilePart,
  stream: Readable,
  receiveFile: ReceiveFile<Value>,
): Promise<ReceivedFile<Value>> {
  let size = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length
      yield chunk
    }
  }
  try {
    const value = await receiveFile(part, counted())
    return { ...part, size, value }
  } finally {
    // What the receiver leaves unread would stop the parser.
    stream.resume()
  }
}

/** The receiver that keeps the bytes. */
export async function collect(_: FilePart, bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}
