import type { OpenAPI } from '@livepeer-ai/openapi'
import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http'
import type { ArbitraryRequest } from './arbitrary-request.ts'

export interface Answer {
  status: number
  type: string
  headers: Record<string, string | undefined>
  text: string
}

/**
 * Returns the answer of Prism's core to a request. Returns undefined if Prism refuses the
 * description, or fails.
 */
export async function askPrism(
  description: OpenAPI,
  request: ArbitraryRequest,
): Promise<Answer | 'refused' | undefined> {
  try {
    const operations = await getHttpOperationsFromSpec(structuredClone(description))
    // The CLI of Prism sets the default of OpenAPI; its core has another one.
    for (const parameter of operations.flatMap((operation) => operation.request?.query ?? []))
      if (parameter.style.startsWith('form')) parameter.explode ??= true
    const config = { ...settings, mock: toWishes(request) }
    const result = await createInstance(config, { logger }).request(toInput(request), operations, config)()
    // oxlint-disable-next-line no-underscore-dangle -- the tag of fp-ts
    if (result._tag === 'Left') return isRefusal(result.left) ? 'refused' : undefined
    return result.right.validations.input.some(({ severity }) => !severity) ? 'refused' : toAnswer(result.right.output)
  } catch {
    return undefined
  }
}

function isRefusal(error: Error & { status?: number }): boolean {
  return (error.status ?? 500) < 500
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'success', 'start', 'silent']
const logger: Record<string, unknown> = Object.fromEntries(levels.map((level) => [level, () => {}]))
logger['child'] = () => logger

const settings = {
  checkSecurity: false,
  validateRequest: true,
  validateResponse: false,
  errors: false,
  isProxy: false as const,
  upstreamProxy: undefined,
}

/** Returns the preferences of a request as Prism's server reads them. */
function toWishes({ headers }: ArbitraryRequest) {
  const { code, example, dynamic, seed } = Object.fromEntries(
    [...(headers['prefer'] ?? '').matchAll(/(\w+)=(\w+)/g)].map(([, key = '', value]) => [key, value]),
  )
  const wishes: { dynamic: boolean; code?: number; exampleKey?: string; seed?: string } = {
    dynamic: dynamic === 'true',
  }
  if (code) wishes.code = Number(code)
  if (example) wishes.exampleKey = example
  if (seed) wishes.seed = seed
  return wishes
}

function toInput({ method, path, query, headers, body }: ArbitraryRequest) {
  const values: Record<string, string | string[]> = {}
  for (const name of new Set(query.map(([key]) => key))) {
    const [first = '', ...others] = query.filter(([key]) => key === name).map(([, value]) => value)
    values[name] = others.length ? [first, ...others] : first
  }
  const json = { 'content-type': 'application/json', 'content-length': '10' }
  return {
    method: method.toLowerCase() as 'get',
    url: { path, query: values },
    headers: { accept: '*/*', ...headers, ...(body === undefined ? {} : json) },
    body,
  }
}

interface Output {
  statusCode: number
  headers?: object
  body?: unknown
}

function toAnswer({ statusCode: status, headers = {}, body }: Output): Answer {
  const values = new Map<string, unknown>(Object.entries(headers))
  const type = (values.get('Content-type') ?? '') as string
  const isText = typeof body === 'string' && !/json/.test(type)
  const sent = [...values].flatMap(([name, value]) => {
    const header = toHeader(value)
    return header === undefined ? [] : [[name.toLowerCase(), header]]
  })
  return {
    status,
    type,
    headers: Object.fromEntries(sent) as Record<string, string>,
    text: status === 204 || body === undefined ? '' : isText ? body : JSON.stringify(body),
  }
}

/** Returns undefined for a value that cannot be sent as a header. */
function toHeader(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && /^[\w -]+$/.test(value) ? value.trim() : undefined
}
