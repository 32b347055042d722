/** A part of a multipart body, as it came. */
export interface Part {
  /** Its header lines. */
  head: string
  name: string
  filename?: string
  content: Buffer
}

/** A multipart body taken apart without judging it: what a defect looks at, and what it changes. */
export interface Upload {
  boundary: string
  /** All of the body as Latin-1, one character for each byte. */
  text: string
  preamble: string
  parts: Part[]
  /** What follows the last boundary; undefined when there is none. */
  epilogue?: string
}

export function parseUpload(contentType: string | null, body: Buffer): Upload {
  const [, quoted, token] = /boundary=(?:"([^"]*)"|([^;\s]+))/i.exec(contentType ?? '') ?? []
  const boundary = quoted ?? token ?? ''
  const text = body.toString('latin1')
  if (!boundary) return { boundary, text, preamble: '', parts: [] }
  const [preamble = '', ...segments] = text.split(`--${boundary}`)
  const end = segments.findIndex((segment) => segment.startsWith('--'))
  return {
    boundary,
    text,
    preamble,
    parts: (end < 0 ? segments : segments.slice(0, end)).map(parsePart),
    ...(end >= 0 && {
      epilogue: segments
        .slice(end)
        .join(`--${boundary}`)
        .replace(/^--(\r\n)?/, ''),
    }),
  }
}

function parsePart(segment: string): Part {
  const [, head = '', content = ''] = /^[ \t]*\r?\n(.*?)\r\n\r\n(.*?)(?:\r\n)?$/s.exec(segment) ?? []
  const filename = /filename="([^"]*)"/i.exec(head)?.[1]
  return {
    head,
    name: /[; ]name="([^"]*)"/i.exec(head)?.[1] ?? '',
    ...(filename !== undefined && { filename }),
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

/** A text part. */
export function textPart(name: string, text: string): Part {
  return { head: `Content-Disposition: form-data; name="${name}"`, name, content: Buffer.from(text) }
}

/** The text of a field; undefined when there is none. */
export function field({ parts }: Upload, name: string): string | undefined {
  return parts.findLast((part) => part.name === name)?.content.toString()
}

/** The recording; undefined when there is none. */
export function audio({ parts }: Upload): Part | undefined {
  return parts.findLast(({ name }) => name === 'audio')
}
