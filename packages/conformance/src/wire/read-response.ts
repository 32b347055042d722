import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { Failure, Header, ReceivedResponse } from '../exchange.ts'
import { headerOf } from '../exchange.ts'
import type { ByteReader } from './byte-reader.ts'

const maxHeadBytes = 64 * 1024
/** Limit of the received body and of the decoded body. */
const maxBodyBytes = 8 * 1024 * 1024
const maxInterim = 16

/** A response, or the reason why it is missing or incomplete. */
export interface Received {
  response?: ReceivedResponse
  failure?: Failure
}

type Head = Pick<ReceivedResponse, 'httpVersion' | 'status' | 'reason' | 'headers'>

/** Reads one response with its preceding interim responses, as far as possible. */
export async function readResponse(
  reader: ByteReader,
  method: string,
  elapsed: () => number,
  onStatus: (status: number) => void,
): Promise<Received> {
  const interim: number[] = []
  for (;;) {
    const bytes = await reader.readUntil('\r\n\r\n', maxHeadBytes)
    if (!bytes) return { failure: explainMissingHead(reader) }
    const head = parseHead(bytes.toString('latin1'))
    if (!head) return { failure: { code: 'malformed', message: 'the response is not HTTP/1.1' } }
    onStatus(head.status)
    if (head.status >= 200) return readBody(reader, method, { ...head, interim, headersMs: elapsed() })
    if (interim.push(head.status) > maxInterim)
      return { failure: { code: 'too-large', message: `more than ${maxInterim} interim responses` } }
  }
}

function explainMissingHead(reader: ByteReader): Failure {
  if (reader.buffered > maxHeadBytes)
    return { code: 'too-large', message: `the header section is larger than ${maxHeadBytes / 1024} KiB` }
  if (reader.buffered) return { code: 'malformed', message: 'the connection ended within the header section' }
  return { code: 'dropped', message: 'the connection was closed without a response' }
}

function parseHead(text: string): Head | undefined {
  const [first = '', ...lines] = text.slice(0, -4).split('\r\n')
  const [, httpVersion, status, reason = ''] = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/.exec(first) ?? []
  const headers = lines.map(parseHeader)
  if (!httpVersion || !headers.every((header) => header !== undefined)) return undefined
  return {
    httpVersion,
    status: Number(status),
    reason,
    headers,
  }
}

function parseHeader(line: string): Header | undefined {
  const [, name, value = ''] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
  return name === undefined ? undefined : [name, value]
}

async function readBody(
  reader: ByteReader,
  method: string,
  head: Head & Pick<ReceivedResponse, 'interim' | 'headersMs'>,
): Promise<Received> {
  const faults: string[] = []
  const lengths = new Set(headerOf(head, 'content-length')?.split(/,\s*/))
  const coding = headerOf(head, 'transfer-encoding')?.toLowerCase()
  if (lengths.size > 1) faults.push('several Content-Length headers that differ')
  if (coding && lengths.size) faults.push('both Content-Length and Transfer-Encoding')
  let raw: Buffer
  if (method === 'HEAD' || head.status === 204 || head.status === 304) {
    raw = Buffer.alloc(0)
    // A forbidden body would follow at once.
    await reader.wait(200)
    if (reader.buffered) faults.push(`a body after ${method === 'HEAD' ? 'HEAD' : head.status}`)
  } else if (coding?.endsWith('chunked')) {
    raw = await readChunks(reader, faults)
  } else if (lengths.size) {
    const length = Number([...lengths][0])
    if (!Number.isSafeInteger(length) || length < 0) faults.push('a Content-Length that is not a number')
    raw = await reader.read(Math.min(length || 0, maxBodyBytes + 1))
    if (raw.length < length && raw.length <= maxBodyBytes) faults.push('a body shorter than its Content-Length')
  } else {
    raw = await reader.read(maxBodyBytes + 1)
    if (reader.error) faults.push('the connection was reset within the body')
  }
  if (!faults.length && (await hasMore(reader, head))) faults.push('bytes after the end of the message')
  const tooLarge: Failure = {
    code: 'too-large',
    message: `the body is larger than ${maxBodyBytes / 1024 / 1024} MiB`,
  }
  if (raw.length > maxBodyBytes)
    return { response: { ...head, body: raw.subarray(0, maxBodyBytes), faults }, failure: tooLarge }
  const decoded = await decode(raw, headerOf(head, 'content-encoding')?.toLowerCase(), faults)
  const response = { ...head, body: decoded ?? Buffer.alloc(0), faults }
  return decoded ? { response } : { response, failure: tooLarge }
}

/** Returns true if bytes follow the message, although nothing else is due on the connection. */
async function hasMore(reader: ByteReader, head: Head): Promise<boolean> {
  if (/\bclose\b/i.test(headerOf(head, 'connection') ?? '')) await reader.wait(20)
  return reader.buffered > 0
}

async function readChunks(reader: ByteReader, faults: string[]): Promise<Buffer> {
  const chunks: Buffer[] = []
  let total = 0
  while (total <= maxBodyBytes) {
    const line = (await reader.readUntil('\r\n', 1024))?.toString('latin1')
    const size = /^([0-9A-Fa-f]{1,8})\s*(;.*)?\r\n$/.exec(line ?? '')?.[1]
    if (size === undefined) {
      faults.push(line === undefined ? 'a chunked body without its last chunk' : 'a chunk without a size')
      break
    }
    const length = Number.parseInt(size, 16)
    if (length === 0) {
      for (let trailers = 0; trailers < 64; trailers++)
        if ((await reader.readUntil('\r\n', maxHeadBytes))?.length === 2) break
      break
    }
    const chunk = await reader.read(Math.min(length, maxBodyBytes + 1))
    chunks.push(chunk)
    total += chunk.length
    const end = chunk.length === length ? await reader.read(2) : Buffer.alloc(0)
    if (end.toString('latin1') !== '\r\n' && total <= maxBodyBytes) {
      faults.push('a chunk that is shorter or longer than its size')
      break
    }
  }
  return Buffer.concat(chunks)
}

const decoders: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

/** Decodes a body, or returns undefined if it exceeds the limit. */
async function decode(bytes: Buffer, coding: string | undefined, faults: string[]): Promise<Buffer | undefined> {
  if (!coding || coding === 'identity' || bytes.length === 0) return bytes
  const decoder = decoders[coding]
  if (!decoder) {
    faults.push(`a content coding that was not requested: ${coding}`)
    return bytes
  }
  try {
    return await decoder(bytes, { maxOutputLength: maxBodyBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined
    faults.push(`a body that is not ${coding}`)
    return bytes
  }
}
