import type { OpenAPI } from '@livepeer-ai/openapi'
import { serializeBody } from '@livepeer-ai/server'
import type { ReportProblem } from '../calls/problem.ts'
import type { OperationPlace } from './operation/operation-place.ts'
import type { PrismOperation } from './operation/prism-operation.ts'
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
  /** The response does not fit the description. */
  | { mismatches: Violation[] }
  /** The request does not fit the description. */
  | { violations: Violation[] }
  /** Prism has no response. */
  | { refusal: { status: number; reason: string } }

export type Prism = (place: OperationPlace, request: PrismRequest, preference: Preference) => Promise<PrismAnswer>

export interface PrismEngine {
  /** Answers a request. */
  answer: Prism
  /** Returns the body that Prism has for a status, whatever the request, or undefined. */
  generate: (place: OperationPlace, status: number, mediaType: string) => Promise<string | null | undefined>
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'success', 'start', 'silent']
const silent: Record<string, unknown> = Object.fromEntries(levels.map((level) => [level, () => {}]))
silent['child'] = () => silent

/** The mock options of Prism. It writes the Accept header into them: each request needs its own. */
interface MockConfig {
  dynamic: boolean
  code?: number
  exampleKey?: string
  seed?: string
  mediaTypes?: string[]
  ignoreExamples?: boolean
}

/** The behavior of the engine for every request. */
export interface EngineOptions {
  /** If set, checks each response and answers with its mismatches. */
  errors?: boolean | undefined
  /** If set, responses come from the schemas, not from the examples. */
  ignoreExamples?: boolean | undefined
  /** If set, sends the callbacks of an operation to the URLs that the request names. */
  callbacks?: boolean | undefined
  report?: ReportProblem | undefined
}

const settings = {
  checkSecurity: false,
  errors: false,
  upstreamProxy: undefined,
  isProxy: false as const,
}

/**
 * Loads the mock engine of Prism. No other folder depends on Prism. Operations are loaded on first
 * use.
 */
export async function loadPrism(description: OpenAPI, options: EngineOptions = {}): Promise<PrismEngine> {
  const { errors: validateResponse = false, ignoreExamples = false } = options
  const ask = await createAsk(description, options)
  return {
    async answer(place, request, { code, example, dynamic = false, seed }) {
      const mock: MockConfig = { dynamic, ignoreExamples }
      if (code) mock.code = code
      if (example) mock.exampleKey = example
      if (seed) mock.seed = seed
      const result = await ask(place, request, { mock, validateRequest: true, validateResponse })
      return 'error' in result ? toRefusal(result.error) : toAnswer(result)
    },
    async generate(place, code, mediaType) {
      const request = { ...place, query: {}, headers: { accept: mediaType }, isReadable: false }
      const mock = { dynamic: false, code, ignoreExamples }
      const result = await ask(place, request, { mock, validateRequest: false, validateResponse: false })
      // Without a body for this status, Prism takes another one.
      if ('error' in result || result.output.statusCode !== code) return undefined
      return serializeBody(result.output.body, mediaType)
    },
  }
}

type Ask = (
  place: OperationPlace,
  request: PrismRequest,
  config: { mock: MockConfig; validateRequest: boolean; validateResponse: boolean },
) => Promise<PrismResult | { error: PrismError }>

async function createAsk(description: OpenAPI, { callbacks = false, report = () => {} }: EngineOptions): Promise<Ask> {
  // Prism takes most of the start time. `--help` must not wait for it.
  const { createInstance } = await import('./prism-engine.ts')
  const { loadOperation } = await import('./operation/load-operation.ts')
  const { createRequiredParts } = await import('./operation/required-parts.ts')
  const { createHeaderOperations } = await import('./operation/header-operations.ts')
  // The operation is known: Prism must not look for it again, in its own way.
  const route = ({ resources: [right] }: { resources: PrismOperation[] }) => ({ _tag: 'Right' as const, right })
  const defaults = { ...settings, validateRequest: true, validateResponse: false, mock: { dynamic: false } }
  const instance = createInstance(defaults, { logger: silent, route: route as never })
  // Prism forgets the violations of a request if it fails to generate the documented error.
  const mock = () => () => ({ _tag: 'Right' as const, right: { statusCode: 200 } })
  const validator = createInstance(defaults, { logger: silent, route: route as never, mock: mock as never })
  const operations = new Map<string, Promise<PrismOperation>>()
  const forReadBody = createReadBodyOperations<PrismOperation>()
  const forHeaders = createHeaderOperations()
  const requiredParts = createRequiredParts()

  return async (place, { method, path, query, headers: sent, body, isReadable }, config) => {
    const name = `${place.method} ${place.path}`
    const loading = operations.get(name) ?? loadOperation(description, place, report)
    operations.set(name, loading)
    const loaded = await loading
    const mediaType = sent['content-type'] ?? ''
    const read = forReadBody(loaded, mediaType, isReadable)
    const described = forHeaders(read, sent)
    const headers = read === loaded ? sent : { ...sent, 'content-type': 'application/json' }
    const operation = callbacks ? described : { ...described, callbacks: [] }
    const input = { method: method.toLowerCase() as 'post', url: { path, query }, headers, body }
    const options = { ...settings, ...config }
    const answer = await run(() => instance.request(input, [operation], options)())
    if (!('error' in answer) || (answer.error.status ?? 500) < 500) return answer
    const validated = await run(() => validator.request(input, [operation], options)())
    if ('validations' in validated && validated.validations.input.some(({ severity }) => !severity)) return validated
    if (!answer.error.name.endsWith('SCHEMA_TOO_COMPLEX')) return answer
    return run(() => instance.request(input, [{ ...operation, ...requiredParts(loaded) }], options)())
  }
}

/** Returns the result of Prism, or its error. */
async function run(
  ask: () => Promise<{ _tag: 'Left'; left: PrismError } | { _tag: 'Right'; right: PrismResult }>,
): Promise<PrismResult | { error: PrismError }> {
  try {
    const result = await ask()
    // oxlint-disable-next-line no-underscore-dangle -- the tag of fp-ts
    return result._tag === 'Left' ? { error: result.left } : result.right
  } catch (error) {
    return { error: error as PrismError }
  }
}

interface PrismResult {
  output: { statusCode: number; headers?: Record<string, string>; body?: unknown }
  validations: Record<'input' | 'output', (Diagnostic & { severity: number })[]>
}

function toAnswer({ output, validations }: PrismResult): PrismAnswer {
  // Severity 0 is an error. A warning, for example of a deprecated parameter, is not a violation.
  const errors = validations.input.filter(({ severity }) => !severity)
  if (errors.length) return { violations: errors.map(toViolation) }
  const mismatches = validations.output.filter(({ severity }) => !severity)
  if (mismatches.length) return { mismatches: mismatches.map(toViolation) }
  const sent = toHeaders(output.headers ?? {})
  return {
    status: output.statusCode,
    headers: Object.fromEntries(sent),
    text: serializeBody(output.body, sent.get('content-type') ?? ''),
  }
}

/** Returns the headers that can be sent: examples may have any value. */
function toHeaders(values: Record<string, unknown>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      try {
        headers.set(name, String(value))
      } catch {
        // Not the name or the value of a header.
      }
  return headers
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
  // Prism throws this for a path parameter without the prefix of its style.
  if (/^(Matrix|Label) serialization style requires/.test(message))
    return { violations: [{ message, code: 'style', path: ['path'] }] }
  if (additional?.validation) return { violations: additional.validation.map(toViolation) }
  return { refusal: { status, reason: detail ?? message } }
}

function toViolation({ message, code = 'value_error', path, location }: Diagnostic): Violation {
  return { message, code: String(code), path: (path ?? location ?? []).map(String) }
}
