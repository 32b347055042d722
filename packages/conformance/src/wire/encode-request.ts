import { createHash } from 'node:crypto'
import { listFormParts, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { toRequestFacts, type FileFacts, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import { addQuery, listCredentials } from '../description/credentials.ts'
import { headerOf, type Header, type SentRequest } from '../exchange.ts'
import type { Credentials, Part, RequestPlan } from '../request-plan.ts'
import { encodeMultipart, partHeadersOf } from './encode-multipart.ts'

/** The gateway and the client identity of requests. */
export interface Target {
  /** Base URL of the gateway. */
  url: URL
  description: OpenAPI
  operation: Operation
  /** True if there is a token to send. */
  hasToken: boolean
  /** The placeholder of the credentials of each security scheme; default: the token for all. */
  schemes?: ReadonlyMap<string, string> | undefined
  userAgent: string
  /** Text fields that this gateway is known to require, with accepted values. */
  requiredFields: Readonly<Record<string, string>>
}

const noCredentials: Credentials = { headers: [], query: [] }

/** Encodes a request, with `{token}` in place of the token. */
export function encodeRequest(planned: RequestPlan, run: Target): SentRequest {
  const { url } = run
  const { operation = run.operation } = planned
  const target = { ...run, operation }
  const body = completeBody(planned, target)
  const plan = body ? { ...planned, body } : planned
  const method = plan.method ?? operation.method
  const { bytes, contentType } = encodeBody(body)
  const credentials = plan.credentials === undefined ? listCredentials(target) : noCredentials
  const usual = listUsualHeaders(plan, method, { bytes, contentType, credentials }, target)
  const headers = changeHeaders(usual, { ...plan.headers, ...toChanges(plan.credentials?.headers) })
  const path =
    url.pathname.replace(/\/$/, '') + addQuery(plan.target ?? operation.path, plan.credentials ?? credentials)
  return {
    plan,
    id: hashRequest(method, path, headers, bytes, plan),
    url: url.origin + path,
    method,
    target: path,
    headers,
    body: bytes,
    facts: factsOf(plan, method, headers, bytes, target),
  }
}

/**
 * Adds the fields that this gateway is known to require, which would hide what the request tests.
 * A request that tests these fields is sent as it is.
 */
function completeBody({ body, asIs }: RequestPlan, { requiredFields }: Target): RequestPlan['body'] {
  if (!body || !('parts' in body) || asIs) return body
  const missing = Object.entries(requiredFields).filter(([name]) => !body.parts.some((part) => part.name === name))
  return missing.length
    ? { ...body, parts: [...body.parts, ...missing.map(([name, value]) => ({ name, value }))] }
    : body
}

function encodeBody(body: RequestPlan['body']): { bytes: Buffer; contentType?: string | undefined } {
  if (!body) return { bytes: Buffer.alloc(0) }
  if ('parts' in body) return encodeMultipart(body)
  return { bytes: Buffer.from(body.bytes), contentType: body.type }
}

function listUsualHeaders(
  { body, delivery = {} }: RequestPlan,
  method: string,
  { bytes, contentType, credentials }: { bytes: Buffer; contentType: string | undefined; credentials: Credentials },
  { url, userAgent }: Target,
): Header[] {
  const headers: Header[] = [
    ['Host', url.host],
    ['User-Agent', userAgent],
    ['Accept', 'application/json'],
  ]
  headers.push(...credentials.headers)
  if (contentType) headers.push(['Content-Type', contentType])
  const isFramed = body !== undefined || !['GET', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE'].includes(method)
  if (isFramed && delivery.chunks) headers.push(['Transfer-Encoding', 'chunked'])
  else if (isFramed) headers.push(['Content-Length', String(bytes.length + (delivery.contentLengthError ?? 0))])
  headers.push(['Connection', delivery.followedBy ? 'keep-alive' : 'close'])
  return headers
}

const toChanges = (headers: Credentials['headers'] = []): Record<string, string> =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))

function changeHeaders(usual: readonly Header[], changes: NonNullable<RequestPlan['headers']>): Header[] {
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()))
  return [
    ...usual.filter(([name]) => !changed.has(name.toLowerCase())),
    ...Object.entries(changes).flatMap(([name, value]) =>
      (value === null ? [] : [value].flat()).map((one): Header => [name, one]),
    ),
  ]
}

/** Returns the same id for the same request in every run, on every port. */
function hashRequest(
  method: string,
  path: string,
  headers: readonly Header[],
  body: Buffer,
  { copy = 0, delivery = {}, bindings, next }: RequestPlan,
): string {
  const own = headers.filter(([name]) => !['host', 'user-agent'].includes(name.toLowerCase()))
  const more = [bindings, next].filter((one) => one !== undefined)
  const hash = createHash('sha256').update(JSON.stringify([method, path, own, copy, delivery, ...more], hashBytes))
  return hash.update(body).digest('hex').slice(0, 10)
}

/** Replaces a recording in a nested request with its hash, and an operation with its id. */
const hashBytes = (key: string, value: unknown): unknown => {
  if (key === 'operation') return (value as Operation).operationId
  return value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value
}

function factsOf(
  { body, target }: RequestPlan,
  method: string,
  headers: readonly Header[],
  bytes: Buffer,
  { description, operation }: Target,
): RequestFacts {
  const files = body && 'parts' in body ? body.parts.filter(isFile) : []
  // The server sees as much of the body as the length states.
  const length = Number(headerOf({ headers }, 'content-length') ?? bytes.length)
  return toRequestFacts({
    method,
    path: target ?? operation.path,
    header: (name) => headerOf({ headers }, name),
    isToken: (credentials) => credentials === '{token}',
    body: bytes.subarray(0, length),
    form: { fields: {}, files: Object.fromEntries(files.map((part) => [part.name, fileFactsOf(part)])) },
    partNames: listFormParts(description, operation),
  })
}

/** Returns true for a part with a file name, also in extended notation. */
const isFile = (part: Part): boolean => /; *filename\*?=/.test(partHeadersOf(part)['Content-Disposition'] ?? '')

/** Returns what the bytes of a file may not show. */
const fileFactsOf = ({ seconds, container }: Part): FileFacts => ({
  decodable: container !== undefined,
  container,
  ...(seconds !== undefined && { seconds }),
})
