import { createHash } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { description as contract, type OpenAPI } from '@livepeer-ai/openapi'
import { createServer, isJson, unprocessable, type Call, type FilePart } from '@livepeer-ai/server'
import { exampleNames, exampleOf, type ExampleNames } from './example-names.ts'
import { parsePrefer, preferenceApplied } from './prefer.ts'
import { loadPrism, type Prism } from './prism.ts'
import { remember } from './remember.ts'
import { headerParameters, surrogate, type HeaderParameters } from './surrogate.ts'
import { violationIssues } from './violation-issues.ts'

export interface MockOptions {
  /** 4010 unless given; 0 for any that is free. */
  port?: number
  /** 127.0.0.1 unless given. */
  host?: string
  /** The description to serve; audio-to-text unless given. */
  description?: OpenAPI
  /** The bearer token that is accepted; any, unless given. */
  token?: string
  /** Limit of a file in bytes; 50 MiB unless given. */
  maxBytes?: number
}

/** A request that reached an operation of the mock. */
export interface MockCall {
  operationId: string
  method: string
  path: string
  fields: Record<string, string>
  files: { name: string; filename: string | undefined; mediaType: string; size: number; sha256: string }[]
  status: number
}

/** A mock server that runs. */
export interface Mock extends AsyncDisposable {
  url: string
  /** The latest calls, oldest first, 1,000 at most. */
  calls: readonly MockCall[]
  close: () => Promise<void>
}

const maxCalls = 1000

/**
 * Starts a server that answers with the examples of a description.
 *
 * @throws ListenError when the port cannot be used
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 4010, host = '127.0.0.1', description = contract, token, maxBytes } = options
  const prism = remember(await loadPrism(description))
  const examples = exampleNames(description)
  const parameters = headerParameters(description)
  const calls: MockCall[] = []

  const server = createServer<string>({
    description,
    ...(token !== undefined && { tokens: [token] }),
    ...(maxBytes !== undefined && { maxBytes }),
    receiveFile: sha256,
    async handle(call) {
      const response = await answer(call, prism, examples, parameters)
      calls.push(record(call, response.status))
      if (calls.length > maxCalls) calls.shift()
      return response
    },
  })
  const { url, close } = await server.listen({ port, host })
  return { url, calls, close, [Symbol.asyncDispose]: close }
}

async function answer(
  call: Call<string>,
  prism: Prism,
  examples: ExampleNames,
  parameters: HeaderParameters,
): Promise<Response> {
  const preference = parsePrefer(call.request.headers.get('prefer'))
  const outcome = await prism(surrogate(call, parameters), { ...exampleOf(call, preference, examples), ...preference })
  if ('refusal' in outcome) return problem(outcome.refusal)
  if ('violations' in outcome)
    throw unprocessable(...violationIssues(outcome.violations, Object.keys(call.pathParameters)))
  const isPreferred = Object.keys(preference).length > 0
  return respond(outcome, isPreferred ? { 'preference-applied': preferenceApplied(preference) } : {})
}

interface Answered {
  status: number
  headers: Record<string, string>
  body: unknown
}

function respond({ status, headers, body }: Answered, more: Record<string, string> = {}): Response {
  const isText = body === undefined || typeof body === 'string'
  const isPlain = isText && !isJson(new Headers(headers).get('content-type') ?? '')
  return new Response(isPlain ? (body ?? null) : JSON.stringify(body), { status, headers: { ...headers, ...more } })
}

/** What Prism says when it has no answer, as problem details (RFC 9457). */
function problem({ status, reason: detail }: { status: number; reason: string }): Response {
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail }
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })
}

function record({ request, operation, fields, files }: Call<string>, status: number): MockCall {
  return {
    operationId: operation.operationId,
    method: request.method,
    path: new URL(request.url).pathname,
    fields,
    files: files.map(({ value, ...file }) => ({ ...file, sha256: value })),
    status,
  }
}

/** The bytes of an upload are counted and hashed as they come, and kept nowhere. */
async function sha256(_: FilePart, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}
