import { createHash } from 'node:crypto'
import { resolveReference, type OpenAPI, type Operation, type Schema } from '@livepeer-ai/openapi'
import type { RequestFacts as Facts, FileFacts } from '@livepeer-ai/openapi/gateways'
import { headerOf, type Header, type SentRequest } from '../exchange.ts'
import type { Delivery, MultipartBody, Part, RequestPlan } from '../request-plan.ts'

/** What requests are sent to, and as whom. */
export interface Target {
  /** Base URL of the gateway. */
  url: URL
  description: OpenAPI
  operation: Operation
  /** Whether there is a token to send. */
  hasToken: boolean
  userAgent: string
  /** Text fields without which this gateway is known to refuse or fail, with the values it takes. */
  requiredFields: Readonly<Record<string, string>>
}

const usualBoundary = 'conformance-7MA4YWxkTrZu0gW'

/** The bytes of a request, but for the token, which reads `{token}`. */
export function encodeRequest(planned: RequestPlan, target: Target): SentRequest {
  const { operation, url, hasToken, userAgent } = target
  const body = completeBody(planned, target)
  const plan = body ? { ...planned, body } : planned
  const method = plan.method ?? operation.method
  const { bytes, contentType } = encodeBody(body)
  const framed = body !== undefined || !['GET', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE'].includes(method)
  const usual: Record<string, string> = {
    Host: url.host,
    'User-Agent': userAgent,
    Accept: 'application/json',
    ...(hasToken && operation.security.flat().length > 0 && { Authorization: 'Bearer {token}' }),
    ...(contentType && { 'Content-Type': contentType }),
    ...(framed &&
      (plan.delivery?.chunks
        ? { 'Transfer-Encoding': 'chunked' }
        : { 'Content-Length': String(bytes.length + (plan.delivery?.contentLengthError ?? 0)) })),
    Connection: plan.delivery?.followedBy ? 'keep-alive' : 'close',
  }
  const headers = changeHeaders(Object.entries(usual), plan.headers ?? {})
  const path = url.pathname.replace(/\/$/, '') + (plan.target ?? operation.path)
  return {
    plan,
    id: hashRequest(method, path, headers, bytes, plan),
    url: url.origin + path,
    method,
    target: path,
    headers,
    body: bytes,
    facts: factsOf(method, plan.target ?? operation.path, headers, body, bytes, plan.delivery ?? {}, target),
  }
}

/** A form has the fields without which this gateway is known to fail, or what it is sent for would not show; one that is about them is sent as it is. */
function completeBody({ body, asIs }: RequestPlan, { requiredFields }: Target): RequestPlan['body'] {
  if (!body || !('parts' in body) || asIs) return body
  const missing = Object.entries(requiredFields).filter(([name]) => !body.parts.some((part) => part.name === name))
  return missing.length
    ? { ...body, parts: [...body.parts, ...missing.map(([name, value]) => ({ name, value }))] }
    : body
}

function encodeBody(body: RequestPlan['body']): { bytes: Buffer; contentType?: string } {
  if (!body) return { bytes: Buffer.alloc(0) }
  if ('parts' in body) return encodeMultipart(body)
  return { bytes: Buffer.from(body.bytes), ...(body.type !== undefined && { contentType: body.type }) }
}

function encodeMultipart(body: MultipartBody): { bytes: Buffer; contentType: string } {
  const { parts, boundary = usualBoundary, declaredBoundary, preamble = '', epilogue = '' } = body
  const { padding = '', lineEnd = '\r\n', unclosed } = body
  const chunks: (string | Uint8Array)[] = [preamble && preamble + lineEnd]
  for (const part of parts) {
    const lines = Object.entries(partHeadersOf(part)).map(([name, value]) => `${name}: ${value}`)
    chunks.push(
      `--${boundary}${padding}${lineEnd}`,
      ...lines.map((line) => line + lineEnd),
      lineEnd,
      part.value,
      lineEnd,
    )
  }
  if (!unclosed) chunks.push(`--${boundary}--${padding}${lineEnd}${epilogue}`)
  const parameter = declaredBoundary === undefined ? boundary : declaredBoundary
  return {
    bytes: Buffer.concat(chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))),
    contentType: `multipart/form-data${parameter === null ? '' : `; boundary=${parameter}`}`,
  }
}

function partHeadersOf({ name, filename, type, headers = {} }: Part): Record<string, string> {
  const file = filename === undefined ? '' : `; filename="${filename.replaceAll(/[\r\n"]/g, encodeURIComponent)}"`
  return {
    'Content-Disposition': `form-data; name="${name}"${file}`,
    ...(type !== undefined && { 'Content-Type': type }),
    ...headers,
  }
}

function changeHeaders(usual: [string, string][], changes: NonNullable<RequestPlan['headers']>): Header[] {
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()))
  return [
    ...usual.filter(([name]) => !changed.has(name.toLowerCase())),
    ...Object.entries(changes).flatMap(([name, value]) =>
      (value === null ? [] : [value].flat()).map((one): Header => [name, one]),
    ),
  ]
}

/** The same for the same request in every run, whichever port the gateway listens on. */
function hashRequest(method: string, path: string, headers: Header[], body: Buffer, plan: RequestPlan): string {
  const { copy = 0, delivery = {} } = plan
  const own = headers.filter(([name]) => !['host', 'user-agent'].includes(name.toLowerCase()))
  const hash = createHash('sha256').update(JSON.stringify([method, path, own, copy, delivery], hashBytes))
  return hash.update(body).digest('hex').slice(0, 10)
}

/** A request within the delivery may hold a recording. */
const hashBytes = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value

function factsOf(
  method: string,
  path: string,
  headers: Header[],
  body: RequestPlan['body'],
  bytes: Buffer,
  delivery: Delivery,
  { description, operation }: Target,
): Facts {
  const header = (name: string) => headerOf({ headers }, name)
  const authorization = header('authorization')
  const [, scheme, credentials] = /^(\S+) +(\S+)$/.exec(authorization ?? '') ?? []
  const mediaType = header('content-type')?.split(';')[0]!.trim().toLowerCase()
  const origin = header('origin')
  const multipart = body && 'parts' in body ? body : undefined
  const parts = multipart?.parts ?? []
  const files = parts.filter(isFile)
  const known = partNames(description, operation)
  return {
    method,
    path: path.split('?')[0]!,
    token: credentials === undefined ? 'none' : credentials === '{token}' ? 'right' : 'wrong',
    ...(scheme && { scheme: scheme.toLowerCase() }),
    ...(mediaType && { mediaType }),
    ...(mediaType === 'multipart/form-data' && { boundary: isReadable(multipart, bytes, delivery) }),
    ...(origin && { origin }),
    fields: Object.fromEntries(parts.filter((part) => !isFile(part)).map(({ name, value }) => [name, String(value)])),
    files: Object.fromEntries(files.map((part) => [part.name, fileFactsOf(part)])),
    unknownPart: known.size > 0 && parts.some(({ name }) => !known.has(name)),
  }
}

/** Whether a strict reader can tell the parts of a body from each other. */
function isReadable(body: MultipartBody | undefined, bytes: Buffer, { contentLengthError }: Delivery): boolean {
  if (!body || body.unclosed || body.lineEnd || contentLengthError || bytes.length === 0) return false
  if (body.parts.length >= manyParts || body.parts.some(hasLargeHeaders)) return false
  const { boundary = usualBoundary, declaredBoundary = boundary } = body
  return declaredBoundary?.replaceAll('"', '') === boundary && boundary.length <= maxBoundary
}

/** More than readers with a limit take: parts, and characters in the headers of one. */
const manyParts = 1000
const largeHead = 16 * 1024

const hasLargeHeaders = (part: Part): boolean => JSON.stringify(partHeadersOf(part)).length > largeHead

/** RFC 2046, section 5.1.1. */
const maxBoundary = 70

/** A part is a file when it says `filename`; what only says `filename*`, which RFC 7578 forbids, is not. */
const isFile = (part: Part): boolean => /; *filename=/.test(partHeadersOf(part)['Content-Disposition']!)

function fileFactsOf({ value, seconds, container }: Part): FileFacts {
  return {
    bytes: Buffer.byteLength(value),
    decodable: container !== undefined,
    ...(container !== undefined && { container }),
    ...(seconds !== undefined && { seconds }),
  }
}

function partNames(description: OpenAPI, { path, method }: Operation): ReadonlySet<string> {
  const item = resolveReference(description, description.paths![path]!)
  const operation = item[method.toLowerCase() as 'post']
  const content = operation?.requestBody && resolveReference(description, operation.requestBody).content
  const schema = content?.['multipart/form-data']?.schema
  const { properties = {} } = (schema ? resolveReference<Schema>(description, schema) : {}) as { properties?: object }
  return new Set(Object.keys(properties))
}
