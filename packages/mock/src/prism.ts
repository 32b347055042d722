import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http'
import type { OpenAPI } from '@livepeer-ai/openapi'

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
  | { status: number; headers: Record<string, string>; body: unknown; violations: Violation[] }
  /** Prism has nothing to answer with: the status and the reason. */
  | { refusal: { status: number; reason: string } }

export type Prism = (request: PrismRequest, preference: Preference) => Promise<PrismAnswer>

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'success', 'start', 'silent']
const silent: Record<string, unknown> = Object.fromEntries(levels.map((level) => [level, () => {}]))
silent['child'] = () => silent

/** Loads a description into Prism's mock engine. The only file that knows Prism. */
export async function loadPrism(description: OpenAPI): Promise<Prism> {
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
    if (result._tag === 'Left') {
      const { status = 500, detail, message } = result.left as Error & { status?: number; detail?: string }
      return { refusal: { status, reason: detail ?? message } }
    }
    const { output, validations } = result.right
    return {
      status: output.statusCode,
      headers: output.headers ?? {},
      body: output.body,
      violations: validations.input.map((violation) => ({
        message: violation.message,
        code: String(violation.code ?? 'value_error'),
        path: (violation.path ?? []).map(String),
      })),
    }
  }
}
