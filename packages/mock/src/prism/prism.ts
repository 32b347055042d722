import type { OpenAPI } from '@livepeer-ai/openapi'
import { isJson } from '@livepeer-ai/server'

/** A request as Prism looks at it. Header names are in lower case. */
export interface PrismRequest {
  method: string
  /** The path template of the operation with its values, without any base path. */
  path: string
  query: Record<string, string | string[]>
  headers: Record<string, string>
  body?: unknown
}

/** What the caller prefers to be answered, as in Prism's `Prefer` header. */
export interface Preference {
  code?: number
  example?: string
  dynamic?: boolean
  seed?: string
}

/** Something in a request that breaks the description. */
export interface Violation {
  message: string
  /** Keyword of JSON Schema, or a status as a word. */
  code: string
  path: string[]
}

export type PrismAnswer =
  | { status: number; headers: Record<string, string>; text: string | null }
  /** The request breaks the description. */
  | { violations: Violation[] }
  /** Prism has nothing to answer with: the status and the reason. */
  | { refusal: { status: number; reason: string } }

export type Prism = (request: PrismRequest, preference: Preference) => Promise<PrismAnswer>

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'success', 'start', 'silent']
const silent: Record<string, unknown> = Object.fromEntries(levels.map((level) => [level, () => {}]))
silent['child'] = () => silent

/** Loads a description into Prism's mock engine. The only file that knows Prism. */
export async function loadPrism(description: OpenAPI): Promise<Prism> {
  // Most of what there is to load: whoever only asks for help does not wait for it.
  const { createInstance, getHttpOperationsFromSpec } = await import('./prism-engine.ts')
  // Prism writes into the document that it is given.
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

  return async ({ method, path, query, headers, body }, { code, example, dynamic = false, seed }) => {
    const input = { method: method.toLowerCase() as 'post', url: { path, query }, headers, body }
    // Prism writes the Accept header of a request into its configuration: each request gets its own.
    const mock = { dynamic, ...(code && { code }), ...(example && { exampleKey: example }), ...(seed && { seed }) }
    const result = await instance.request(input, operations, { ...settings, mock })()
    // oxlint-disable-next-line no-underscore-dangle -- the tag of fp-ts
    if (result._tag === 'Left') return refused(result.left)
    const { output, validations } = result.right
    // Severity 0 is an error. A warning, such as of a deprecated parameter, is no violation.
    const errors = validations.input.filter(({ severity }) => !severity)
    if (errors.length) return { violations: errors.map(violation) }
    const sent = new Headers(output.headers)
    return { status: output.statusCode, headers: Object.fromEntries(sent), text: textOf(output.body, sent) }
  }
}

/** A value as it is sent: JSON, unless it is text of another type. */
function textOf(value: unknown, headers: Headers): string | null {
  if (value === undefined) return null
  return typeof value === 'string' && !isJson(headers.get('content-type') ?? '') ? value : JSON.stringify(value)
}

/** What Prism calls a diagnostic, in one of its two spellings. */
interface Diagnostic {
  message: string
  code?: string | number
  path?: (string | number)[]
  location?: (string | number)[]
}

/** The error of Prism's mock engine; with `validation` when the description documents no response for an invalid request. */
interface PrismError extends Error {
  status?: number
  detail?: string
  additional?: { validation?: Diagnostic[] }
}

function refused({ status = 500, detail, message, additional }: PrismError): PrismAnswer {
  if (additional?.validation) return { violations: additional.validation.map(violation) }
  return { refusal: { status, reason: detail ?? message } }
}

function violation({ message, code = 'value_error', path, location }: Diagnostic): Violation {
  return { message, code: String(code), path: (path ?? location ?? []).map(String) }
}
