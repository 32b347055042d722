/** A part of a multipart body, as received. */
export interface Part {
  /** The header lines. */
  head: string
  name: string
  filename: string | undefined
  content: Buffer
}

/** A multipart body, parsed without validation. Defects read and change it. */
export interface Upload {
  boundary: string
  /** The whole body in Latin-1, one character per byte. */
  text: string
  preamble: string
  parts: Part[]
  /** The text after the last boundary; undefined without a last boundary. */
  epilogue: string | undefined
}

export function parseUpload(contentType: string | null, body: Buffer): Upload {
  const [, quoted, token] = /boundary=(?:"([^"]*)"|([^;\s]+))/i.exec(contentType ?? '') ?? []
  const boundary = quoted ?? token ?? ''
  const text = body.toString('latin1')
  if (!boundary) return { boundary, text, preamble: '', parts: [], epilogue: undefined }
  const [preamble = '', ...segments] = text.split(`--${boundary}`)
  const end = segments.findIndex((segment) => segment.startsWith('--'))
  return {
    boundary,
    text,
    preamble,
    parts: (end < 0 ? segments : segments.slice(0, end)).map(parsePart),
    epilogue:
      end < 0
        ? undefined
        : segments
            .slice(end)
            .join(`--${boundary}`)
            .replace(/^--(\r\n)?/, ''),
  }
}

function parsePart(segment: string): Part {
  const [, head = '', content = ''] = /^[ \t]*\r?\n(.*?)\r\n\r\n(.*?)(?:\r\n)?$/s.exec(segment) ?? []
  return {
    head,
    name: /[; ]name="([^"]*)"/i.exec(head)?.[1] ?? '',
    filename: /filename="([^"]*)"/i.exec(head)?.[1],
    content: Buffer.from(content, 'latin1'),
  }
}

export function writeUpload({ boundary, parts }: Upload): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ head, content }) => [
      Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`, 'latin1'),
      content,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
}

/** Returns a text part. */
export function toTextPart(name: string, text: string): Part {
  const head = `Content-Disposition: form-data; name="${name}"`
  return { head, name, filename: undefined, content: Buffer.from(text) }
}

/** Returns the text of a field, or undefined. */
export function fieldOf({ parts }: Upload, name: string): string | undefined {
  return parts.findLast((part) => part.name === name)?.content.toString()
}

/** Returns the recording, or undefined. */
export function audioOf({ parts }: Upload): Part | undefined {
  return parts.findLast(({ name }) => name === 'audio')
}
