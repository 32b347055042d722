import type { OpenAPI } from '@livepeer-ai/openapi'
import { isJson } from '@livepeer-ai/server'
import { createReadBodyOperations } from './with-read-body.ts'

/** A request for Prism. Header names are in lower case. */
export interface PrismRequest {
  method: string
  /** The path template of the operation, filled in, without a base path. */
  path: string
  query: Record<string, string | string[]>
  headers: Record<string, string>
  body?: unknown
  /** False if no schema describes the body. */
  isReadable: boolean
}

/** The response that a client prefers, as in the `Prefer` header of Prism. */
export interface Preference {
  code?: number | undefined
  example?: string | undefined
  dynamic?: boolean | undefined
  seed?: string | undefined
}

/** A difference between a request and the description. */
export interface Violation {
  message: string
  /** A keyword of JSON Schema, or the name of a status. */
  code: string
  path: string[]
}

export type PrismAnswer =
  | { status: number; headers: Record<string, string>; text: string | null }
  /** The request does not fit the description. */
  | { violations: Violation[] }
  /** Prism has no response. */
  | { refusal: { status: number; reason: string } }

export type Prism = (request: PrismRequest, preference: Preference) => Promise<PrismAnswer>

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'success', 'start', 'silent']
const silent: Record<string, unknown> = Object.fromEntries(levels.map((level) => [level, () => {}]))
silent['child'] = () => silent

/** Loads a description into the mock engine of Prism. No other file depends on Prism. */
export async function loadPrism(description: OpenAPI): Promise<Prism> {
  // Prism takes most of the start time. `--help` must not wait for it.
  const { createInstance, getHttpOperationsFromSpec } = await import('./prism-engine.ts')
  // Prism modifies its input.
  const operations = await getHttpOperationsFromSpec(structuredClone(description))
  const settings = {
    checkSecurity: false,
    validateRequest: true,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
    isProxy: false as const,
  }
  const instance = createInstance({ ...settings, mock: { dynamic: false } }, { logger: silent })

  const forReadBody = createReadBodyOperations<(typeof operations)[number]>()

  return async (
    { method, path, query, headers: sentHeaders, body, isReadable },
    { code, example, dynamic = false, seed },
  ) => {
    const mediaType = sentHeaders['content-type'] ?? ''
    const headers = mediaType ? { ...sentHeaders, 'content-type': 'application/json' } : sentHeaders
    const candidates = operations.map((operation) => forReadBody(operation, mediaType, isReadable))
    const input = { method: method.toLowerCase() as 'post', url: { path, query }, headers, body }
    // Prism writes the Accept header into its configuration: each request needs its own.
    const mock: { dynamic: boolean; code?: number; exampleKey?: string; seed?: string } = { dynamic }
    if (code) mock.code = code
    if (example) mock.exampleKey = example
    if (seed) mock.seed = seed
    const result = await instance.request(input, candidates, { ...settings, mock })()
    // oxlint-disable-next-line no-underscore-dangle -- the tag of fp-ts
    if (result._tag === 'Left') return toRefusal(result.left)
    const { output, validations } = result.right
    // Severity 0 is an error. A warning, for example of a deprecated parameter, is not a violation.
    const errors = validations.input.filter(({ severity }) => !severity)
    if (errors.length) return { violations: errors.map(toViolation) }
    const sent = new Headers(output.headers)
    return { status: output.statusCode, headers: Object.fromEntries(sent), text: toText(output.body, sent) }
  }
}

/** Returns a value as the text of a body: JSON, except for strings of another media type. */
function toText(value: unknown, headers: Headers): string | null {
  if (value === undefined) return null
  return typeof value === 'string' && !isJson(headers.get('content-type') ?? '') ? value : JSON.stringify(value)
}

/** A diagnostic of Prism, in either of its two forms. */
interface Diagnostic {
  message: string
  code?: string | number
  path?: (string | number)[]
  location?: (string | number)[]
}

/**
 * An error of Prism's mock engine. It has `validation` if the description documents no response for
 * an invalid request.
 */
interface PrismError extends Error {
  status?: number
  detail?: string
  additional?: { validation?: Diagnostic[] }
}

function toRefusal({ status = 500, detail, message, additional }: PrismError): PrismAnswer {
  if (additional?.validation) return { violations: additional.validation.map(toViolation) }
  return { refusal: { status, reason: detail ?? message } }
}

function toViolation({ message, code = 'value_error', path, location }: Diagnostic): Violation {
  return { message, code: String(code), path: (path ?? location ?? []).map(String) }
}
