import type { MultipartBody, Part } from '../request-plan.ts'

export const usualBoundary = 'conformance-7MA4YWxkTrZu0gW'

/** Encodes a multipart/form-data body with its deliberate errors. */
export function encodeMultipart(body: MultipartBody): { bytes: Buffer; contentType: string } {
  const { parts, boundary = usualBoundary, declaredBoundary, preamble = '', epilogue = '' } = body
  const { padding = '', lineEnd = '\r\n', unclosed } = body
  const chunks: (string | Uint8Array)[] = [preamble && preamble + lineEnd]
  for (const part of parts) {
    const lines = Object.entries(partHeadersOf(part)).map(([name, value]) => `${name}: ${value}${lineEnd}`)
    chunks.push(`--${boundary}${padding}${lineEnd}`, ...lines, lineEnd, part.value, lineEnd)
  }
  if (!unclosed) chunks.push(`--${boundary}--${padding}${lineEnd}${epilogue}`)
  const parameter = declaredBoundary === undefined ? boundary : declaredBoundary
  return {
    bytes: Buffer.concat(chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))),
    contentType: `multipart/form-data${parameter === null ? '' : `; boundary=${parameter}`}`,
  }
}

/** Returns the header lines of a part. */
export function partHeadersOf({ name, filename, type, headers = {} }: Part): Record<string, string> {
  const file = filename === undefined ? '' : `; filename="${filename.replaceAll(/[\r\n"]/g, encodeURIComponent)}"`
  const usual: Record<string, string> = { 'Content-Disposition': `form-data; name="${name}"${file}` }
  if (type !== undefined) usual['Content-Type'] = type
  return { ...usual, ...headers }
}
