/** A part of a form, with its content as sent. */
export interface FormPart {
  name: string
  /** Present for a file. */
  filename: string | undefined
  mediaType: string | undefined
  content: Uint8Array
}

/** The framing of a multipart body: the first fault that readers disagree about, or `complete`. */
export type FormState =
  | 'complete'
  /** The content type names no boundary. */
  | 'no-boundary'
  /** The body does not use the boundary. */
  | 'empty'
  /** The lines of the form end with a bare line feed. */
  | 'line-feeds'
  /** The body ends before its last boundary. */
  | 'unclosed'
  /** A part header is malformed. */
  | 'malformed'
  /** There are more parts, or larger part headers, than some readers accept. */
  | 'excessive'
  /** A part has no name. */
  | 'nameless-part'
  /** Text precedes the first boundary. */
  | 'preamble'

interface ReadForm {
  state: FormState
  /** The parts that a tolerant reader finds. */
  parts: FormPart[]
}

/** Readers with limits reject as many parts, and part headers of as many bytes. */
const manyParts = 1000
const largeHead = 16 * 1024

const lineFeed = 10
const carriageReturn = 13
const hyphen = 45

/** Reads a multipart body (RFC 2046, section 5.1) as tolerantly as the most tolerant gateway. */
export function readForm(contentType: string, body: Uint8Array): ReadForm {
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (!boundary) return { state: 'no-boundary', parts: [] }
  const delimiters = findDelimiters(body, `--${boundary}`)
  const [first] = delimiters
  if (!first) return { state: 'empty', parts: [] }
  const last = delimiters.findIndex(({ isLast }) => isLast)
  const used = last < 0 ? delimiters : delimiters.slice(0, last + 1)
  const heads = used
    .filter(({ isLast }) => !isLast)
    .map((delimiter, index) => readPart(body, delimiter, used[index + 1]))
  const parts = heads.filter((head) => typeof head === 'object')
  const state = ((): FormState => {
    if (!first.isLast && body[first.end - 2] !== carriageReturn) return 'line-feeds'
    if (last < 0) return 'unclosed'
    if (heads.includes('malformed')) return 'malformed'
    if (heads.includes('excessive') || heads.length >= manyParts) return 'excessive'
    if (heads.includes('nameless')) return 'nameless-part'
    return first.start > 0 ? 'preamble' : 'complete'
  })()
  return { state, parts }
}

interface Delimiter {
  start: number
  /** Offset after its line. */
  end: number
  isLast: boolean
}

function findDelimiters(body: Uint8Array, text: string): Delimiter[] {
  const found: Delimiter[] = []
  for (let at = body.indexOf(hyphen); at >= 0; at = body.indexOf(hyphen, at + 1)) {
    if (at > 0 && body[at - 1] !== lineFeed) continue
    const after = at + text.length
    if (toLatin1(body.subarray(at, after)) !== text) continue
    const isLast = body[after] === hyphen && body[after + 1] === hyphen
    const end = isLast ? after + 2 : endOfLine(body, after)
    if (end === undefined) continue
    found.push({ start: at, end, isLast })
    if (isLast) break
  }
  return found
}

/** Returns the offset after a line that holds only white space, or undefined. */
function endOfLine(body: Uint8Array, from: number): number | undefined {
  let at = from
  while (body[at] === 32 || body[at] === 9 || body[at] === carriageReturn) at++
  return body[at] === lineFeed ? at + 1 : undefined
}

/** Reads the part between two delimiters. A part without an end is not read. */
function readPart(
  body: Uint8Array,
  { end: start }: Delimiter,
  next: Delimiter | undefined,
): FormPart | 'malformed' | 'excessive' | 'nameless' | 'unfinished' {
  if (!next) return 'unfinished'
  const content = startOfContent(body, start, Math.min(next.start, start + largeHead))
  if (content === undefined) return next.start - start > largeHead ? 'excessive' : 'malformed'
  const lines = toText(body.subarray(start, content)).split(/\r?\n/)
  const headers = new Map<string, string>()
  for (const line of lines.filter(Boolean)) {
    const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*)$/.exec(line) ?? []
    if (name === undefined) return 'malformed'
    headers.set(name.toLowerCase(), value)
  }
  const disposition = headers.get('content-disposition') ?? ''
  const name = parameterOf(disposition, 'name')
  if (name === undefined) return 'nameless'
  const stop = body[next.start - 2] === carriageReturn ? next.start - 2 : next.start - 1
  return {
    name,
    filename: parameterOf(disposition, 'filename') ?? parameterOf(disposition, String.raw`filename\*`),
    mediaType: headers.get('content-type')?.split(';')[0]?.trim().toLowerCase(),
    content: body.subarray(content, Math.max(stop, content)),
  }
}

/** Returns the offset after the empty line that ends the head of a part, or undefined. */
function startOfContent(body: Uint8Array, start: number, end: number): number | undefined {
  for (let at = body.indexOf(lineFeed, start); at >= 0 && at < end; at = body.indexOf(lineFeed, at + 1)) {
    const next = body[at + 1] === carriageReturn ? at + 2 : at + 1
    if (body[next] === lineFeed && next < end) return next + 1
  }
  return undefined
}

function parameterOf(header: string, parameter: string): string | undefined {
  const [, quoted, plain] =
    new RegExp(`;\\s*${parameter}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]*))`, 'i').exec(header) ?? []
  return quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain
}

/** Returns bytes as characters of Latin-1. */
export function toLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Returns the text of bytes in UTF-8. Other bytes become characters of Latin-1. */
export function toText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return toLatin1(bytes)
  }
}
