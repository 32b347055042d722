import { win32 } from 'node:path'
import { HttpError } from '../http/http-error.ts'
import { essence } from '../http/media-type.ts'
import { parseParameters } from './parameters.ts'

/** The headers of a file part. */
export interface FilePart {
  name: string
  filename: string | undefined
  /** Default: text/plain (RFC 7578, 4.4). */
  mediaType: string
  /** False for a part without a Content-Type. */
  isTyped: boolean
}

const maxHeaderSize = 16 * 1024
const carriageReturn = 13
const hyphen = 45

const malformed = (what: string) => new HttpError(400, `Malformed multipart body: ${what}.`)

/** The result if more bytes are needed. */
const unknown = Symbol('unknown')

/**
 * Pull parser for a multipart body (RFC 2046, 5.1). It reads only as far as needed and returns
 * buffered data synchronously.
 */
export class PartReader {
  readonly #body: AsyncIterator<Uint8Array>
  readonly #delimiter: Buffer
  /** Bytes that have been read but not consumed. */
  #buffer: Buffer = Buffer.alloc(0)
  /** True at the start of the body and of each part, if a delimiter needs no line break there. */
  #isAfterLineBreak = true
  #isInside = true
  /** False in the preamble. */
  #isInPart = false

  constructor(body: AsyncIterable<Uint8Array>, boundary: string) {
    this.#body = body[Symbol.asyncIterator]()
    this.#delimiter = Buffer.from(`\r\n--${boundary}`)
  }

  /** Advances to the next part and returns its headers, or undefined after the last part. */
  nextPart(): FilePart | undefined | Promise<FilePart | undefined> {
    return this.#find(() => this.#readPart())
  }

  /** Returns the next bytes of the part, or undefined at its end. */
  nextChunk(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    return this.#find(() => this.#readChunk())
  }

  /** Reads the body to its end. */
  async finish(): Promise<void> {
    while (!(await this.#body.next()).done);
  }

  /** Releases the body. */
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

  #readPart(): FilePart | undefined | typeof unknown {
    for (;;) {
      // Skips the preamble, or the unread rest of the last part.
      for (let chunk = this.#readChunk(); chunk; chunk = this.#readChunk()) if (chunk === unknown) return unknown
      if (this.#buffer.length < 2) return unknown
      if (this.#buffer[0] === hyphen && this.#buffer[1] === hyphen) return undefined
      const end = this.#buffer.indexOf('\r\n\r\n')
      if (end > maxHeaderSize || (end < 0 && this.#buffer.length > maxHeaderSize))
        throw malformed('The headers of a part are too large')
      if (end < 0) return unknown
      const head = parsePartHead(this.#buffer.toString('utf8', 0, end))
      this.#buffer = this.#buffer.subarray(end + 4)
      this.#isInside = true
      this.#isInPart = true
      this.#isAfterLineBreak = true
      // A part without a name does not belong to a form.
      if (head) return head
    }
  }

  #readChunk(): Uint8Array | undefined | typeof unknown {
    if (!this.#isInside) return undefined
    if (this.#isAfterLineBreak) {
      const isDelimiter = this.#startsWithDelimiter()
      if (isDelimiter === unknown) return unknown
      this.#isAfterLineBreak = false
      if (isDelimiter) {
        this.#buffer = this.#buffer.subarray(this.#delimiter.length - 2)
        this.#isInside = false
        return undefined
      }
    }
    const at = this.#buffer.indexOf(this.#delimiter)
    const end = at < 0 ? this.#findPartialDelimiter() : at
    const chunk = this.#buffer.subarray(0, end)
    this.#buffer = this.#buffer.subarray(at < 0 ? end : at + this.#delimiter.length)
    this.#isInside = at < 0
    if (chunk.length) return chunk
    return this.#isInside ? unknown : undefined
  }

  /**
   * Returns true if the bytes after a line break are a delimiter. The line break is that of the
   * header lines if a part is empty (RFC 2046, 5.1.1).
   */
  #startsWithDelimiter(): boolean | typeof unknown {
    const first = this.#delimiter.subarray(2)
    const known = this.#buffer.subarray(0, first.length)
    if (!known.equals(first.subarray(0, known.length))) return false
    const following = this.#buffer.subarray(first.length, first.length + 2).toString('latin1')
    if (following.length < 2) return unknown
    // A part may begin with bytes that resemble a delimiter.
    return !this.#isInPart || /^(--|\r\n|[ \t])/.test(following)
  }

  /** Returns the offset of a possible delimiter that continues in the next bytes. */
  #findPartialDelimiter(): number {
    const { length } = this.#buffer
    const at = this.#buffer.indexOf(carriageReturn, Math.max(0, length - this.#delimiter.length + 1))
    return at < 0 ? length : at
  }
}

/** Parses the headers of a part. The first line is the rest of the delimiter line. */
function parsePartHead(text: string): FilePart | undefined {
  // A header may be folded into several lines (RFC 5322, 2.2.3).
  const [padding = '', ...lines] = text.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  if (padding.trim()) throw malformed('A delimiter goes on where its line should end')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*)$/.exec(line) ?? []
    if (name === undefined) throw malformed('Malformed part header')
    headers[name.toLowerCase()] = value
  }
  const { name, filename, 'filename*': encoded } = parseParameters(headers['content-disposition'] ?? '')
  if (name === undefined) return undefined
  const mediaType = essence(headers['content-type'] ?? '')
  const stated = decodeExtended(encoded) ?? (filename === undefined ? undefined : decodeName(filename))
  return {
    name: decodeName(name),
    // Like browsers, keep only the last segment of a path.
    filename: stated === undefined ? undefined : win32.basename(stated),
    mediaType: mediaType || 'text/plain',
    isTyped: mediaType !== '',
  }
}

/** Decodes the characters that browsers encode in a quoted name (HTML, multipart/form-data). */
function decodeName(value: string): string {
  return value.replaceAll(/%(22|0D|0A)/gi, (encoded) => decodeURIComponent(encoded))
}

/** Decodes a value such as `UTF-8''na%C3%AFve.wav` (RFC 8187). Returns undefined if it cannot. */
function decodeExtended(value: string | undefined): string | undefined {
  const [, text] = /^utf-8'[^']*'(.*)$/i.exec(value ?? '') ?? []
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}
