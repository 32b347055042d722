import { win32 } from 'node:path'
import { HttpError } from '../http-error.ts'

/** A file part, before its bytes. */
export interface FilePart {
  name: string
  filename: string | undefined
  mediaType: string
}

const maxHeaderSize = 16 * 1024
const carriageReturn = 13
const hyphen = 45

const malformed = (what: string) => new HttpError(400, `Malformed multipart body: ${what}.`)

/** The bytes that have come do not tell yet. */
const unknown = Symbol('unknown')

/** Takes a multipart body apart (RFC 2046, 5.1), reading no further than it is asked to; what has come already it tells at once, without a promise. */
export class PartReader {
  readonly #body: AsyncIterator<Uint8Array>
  readonly #delimiter: Buffer
  /** What has been read and not been used. */
  #buffer: Buffer = Buffer.alloc(0)
  #isAtStart = true
  #isInside = true

  constructor(body: AsyncIterable<Uint8Array>, boundary: string) {
    this.#body = body[Symbol.asyncIterator]()
    this.#delimiter = Buffer.from(`\r\n--${boundary}`)
  }

  /** Goes to the head of the next part; undefined at the end of the body, which may be followed by anything. */
  nextPart(): FilePart | undefined | Promise<FilePart | undefined> {
    return this.#find(() => this.#part())
  }

  /** The next bytes of the part; undefined at its end. */
  nextChunk(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    return this.#find(() => this.#chunk())
  }

  /** Reads the body to its end. */
  async finish(): Promise<void> {
    while (!(await this.#body.next()).done);
  }

  /** Lets go of the body, wherever it has been read to. */
  async close(): Promise<void> {
    await this.#body.return?.()
  }

  #find<T>(look: () => T | typeof unknown): T | Promise<T> {
    const found = look()
    return found === unknown ? this.#findLater(look) : found
  }

  async #findLater<T>(look: () => T | typeof unknown): Promise<T> {
    for (;;) {
      const { done, value } = await this.#body.next()
      if (done) throw malformed('Unexpected end of form')
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.length)
      this.#buffer = this.#buffer.length ? Buffer.concat([this.#buffer, bytes]) : bytes
      const found = look()
      if (found !== unknown) return found
    }
  }

  #part(): FilePart | undefined | typeof unknown {
    for (;;) {
      // The preamble, or what nobody wanted of the last part.
      for (let chunk = this.#chunk(); chunk; chunk = this.#chunk()) if (chunk === unknown) return unknown
      if (this.#buffer.length < 2) return unknown
      if (this.#buffer[0] === hyphen && this.#buffer[1] === hyphen) return undefined
      const end = this.#buffer.indexOf('\r\n\r\n')
      if (end > maxHeaderSize || (end < 0 && this.#buffer.length > maxHeaderSize))
        throw malformed('The headers of a part are too large')
      if (end < 0) return unknown
      const head = partHead(this.#buffer.toString('utf8', 0, end))
      this.#buffer = this.#buffer.subarray(end + 4)
      this.#isInside = true
      // A part without a name is none of a form's.
      if (head) return head
    }
  }

  #chunk(): Uint8Array | undefined | typeof unknown {
    if (!this.#isInside) return undefined
    if (this.#isAtStart) {
      // The first delimiter has no line before it, unless there is a preamble.
      const first = this.#delimiter.subarray(2)
      if (this.#buffer.length < first.length) return unknown
      this.#isAtStart = false
      if (this.#buffer.subarray(0, first.length).equals(first)) {
        this.#buffer = this.#buffer.subarray(first.length)
        this.#isInside = false
        return undefined
      }
    }
    const at = this.#buffer.indexOf(this.#delimiter)
    const end = at < 0 ? this.#beginningOfDelimiter() : at
    const chunk = this.#buffer.subarray(0, end)
    this.#buffer = this.#buffer.subarray(at < 0 ? end : at + this.#delimiter.length)
    this.#isInside = at < 0
    if (chunk.length) return chunk
    return this.#isInside ? unknown : undefined
  }

  /** Where something begins that may go on as a delimiter: it waits for the rest. */
  #beginningOfDelimiter(): number {
    const { length } = this.#buffer
    const at = this.#buffer.indexOf(carriageReturn, Math.max(0, length - this.#delimiter.length + 1))
    return at < 0 ? length : at
  }
}

/** What the headers of a part say. The first line is what is left of the delimiter's. */
function partHead(text: string): FilePart | undefined {
  const [padding = '', ...lines] = text.split('\r\n')
  if (padding.trim()) throw malformed('A delimiter goes on where its line should end')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*)$/.exec(line) ?? []
    if (name === undefined) throw malformed('Malformed part header')
    headers[name.toLowerCase()] = value
  }
  const { name, filename, 'filename*': encoded } = parameters(headers['content-disposition'] ?? '')
  if (name === undefined) return undefined
  const stated = decodeExtended(encoded) ?? filename
  const mediaType = (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase()
  return {
    name,
    // Of a path only its end is told, as browsers do.
    filename: stated === undefined ? undefined : win32.basename(stated),
    mediaType: mediaType || 'text/plain',
  }
}

/** The parameters of a header such as Content-Disposition; names in lower case. */
export function parameters(header: string): Record<string, string> {
  const found: Record<string, string> = {}
  parameter.lastIndex = 0
  for (let match = parameter.exec(header); match; match = parameter.exec(header)) {
    const [, name, quoted, plain] = match
    found[name!.toLowerCase()] = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain!
  }
  return found
}

const parameter = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g

/** `UTF-8''na%C3%AFve.wav` (RFC 8187); undefined for what cannot be read. */
function decodeExtended(value: string | undefined): string | undefined {
  const [, text] = /^utf-8'[^']*'(.*)$/i.exec(value ?? '') ?? []
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}
