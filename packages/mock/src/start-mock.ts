import { createHash } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { description as contract, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { createServer, HttpError, isJson, unprocessable, type Call, type FilePart } from '@livepeer-ai/server'
import { callDetails } from './call-details.ts'
import { matches, safeHeaders, type CallMatcher, type MockCall } from './call.ts'
import { createControl } from './control.ts'
import { exampleNames, exampleOf, type ExampleNames } from './example-names.ts'
import type { Fault } from './fault.ts'
import { imitateGateway, type NotedForm } from './imitate-gateway.ts'
import { parsePrefer, preferenceApplied } from './prefer.ts'
import { loadPrism, type Prism } from './prism.ts'
import { remember } from './remember.ts'
import { createScript, type Script } from './script.ts'
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
  /** The gateway to imitate, by its name in `@livepeer-ai/openapi/gateways`; the contract itself, unless given. */
  gateway?: string
  /** States of that gateway, for what it does sometimes, for example `no-orchestrator`. */
  states?: readonly string[]
  /** Faults that every answer has, from the start. */
  faults?: readonly Fault[]
  /** Named defects of the whole server, from the table of `@livepeer-ai/mock/drift`. What `calls` notes is without them. */
  drift?: readonly string[]
}

/** A mock server that runs. */
export interface Mock extends AsyncDisposable, Pick<Script, 'respond' | 'fault'> {
  url: string
  /** The latest calls, oldest first, 1,000 at most. */
  calls: readonly MockCall[]
  /** The first call that matches, at once or when it comes. Rejects after `timeoutMs` (5 s unless given). */
  waitForCall: (match?: CallMatcher, timeoutMs?: number) => Promise<MockCall>
  /** Forgets all calls, responses and faults. */
  reset: () => void
  close: () => Promise<void>
}

const maxCalls = 1000

/**
 * Starts a server that answers with the examples of a description.
 *
 * @throws ListenError when the port cannot be used, UnknownGatewayError, UnknownStateError, UnknownDriftError
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 4010, host = '127.0.0.1', token, faults = [] } = options
  const imitation =
    options.gateway === undefined
      ? undefined
      : await imitateGateway(options.gateway, { token, states: options.states ?? [], contract })
  const description = imitation?.description ?? options.description ?? contract
  const maxBytes = options.maxBytes ?? imitation?.gateway.limits.maxBytes
  const front = options.drift?.length
    ? (await import('./drift/index.ts')).withDrift(options.drift, {
        ...(token !== undefined && { token }),
        ...(maxBytes !== undefined && { maxBytes }),
      })
    : undefined
  const prism = remember(await loadPrism(description))
  const examples = exampleNames(description)
  const parameters = headerParameters(description)
  const script = createScript()
  const calls: MockCall[] = []
  const waiting = new Set<(call: MockCall) => void>()
  const details = new WeakMap<Request, ReturnType<typeof callDetails>>()

  const reset = () => {
    calls.length = 0
    script.reset()
    for (const fault of faults) script.fault(fault, { times: Infinity })
  }
  reset()
  const control = createControl(script, calls, reset)

  const server = createServer<string>({
    description,
    ...(token !== undefined && { tokens: [token] }),
    ...(maxBytes !== undefined && { maxBytes }),
    receiveFile: sha256,
    otherwise: (request) => (new URL(request.url).pathname.startsWith('/__mock/') ? control.fetch(request) : undefined),
    ...(imitation && { around: imitation.around }),
    handle(call) {
      const form = imitation?.formOf(call.request)
      if (form?.files.some(({ size }) => size > (maxBytes ?? Infinity)))
        throw new HttpError(413, 'The file is too large.')
      const known = { ...callDetails(call), ...(form && formDetails(form)) }
      details.set(call.request, known)
      return script.play({ ...head(call.request, call.operation), ...known }, () =>
        answer(call, prism, examples, parameters),
      )
    },
    onResponse(request, operation, { status }) {
      if (new URL(request.url).pathname.startsWith('/__mock/')) return
      const form = imitation?.formOf(request)
      const known = details.get(request) ?? (form ? formDetails(form) : { fields: {}, files: [] })
      const call = { ...head(request, operation), ...known, status }
      calls.push(call)
      if (calls.length > maxCalls) calls.shift()
      for (const tell of waiting) tell(call)
    },
  })
  const { url, close } = await server.listen({ port, host, ...(front && { front }) })

  function waitForCall(match: CallMatcher = {}, timeoutMs = 5_000): Promise<MockCall> {
    const known = calls.find((call) => matches(call, match))
    if (known) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(tell)
        reject(
          new Error(
            `No call that matches ${JSON.stringify(match)} within ${timeoutMs} ms; there were ${calls.length} others`,
          ),
        )
      }, timeoutMs)
      const tell = (call: MockCall) => {
        if (!matches(call, match)) return
        clearTimeout(timer)
        waiting.delete(tell)
        resolve(call)
      }
      waiting.add(tell)
    })
  }

  const { respond, fault } = script
  return { url, calls, respond, fault, waitForCall, reset, close, [Symbol.asyncDispose]: close }
}

/** The files of an imitated gateway are noted before it answers. */
function formDetails({ fields, files }: NotedForm): Pick<MockCall, 'fields' | 'files'> {
  return callDetails({ fields, files: files.map((file) => ({ ...file, value: file.value.sha256 })) })
}

function head(
  { method, url, headers }: Request,
  operation: Operation | undefined,
): Pick<MockCall, 'operationId' | 'method' | 'path' | 'headers'> {
  return {
    ...(operation && { operationId: operation.operationId }),
    method,
    path: new URL(url).pathname,
    headers: safeHeaders(headers),
  }
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
  return toResponse(outcome, isPreferred ? { 'preference-applied': preferenceApplied(preference) } : {})
}

interface Answered {
  status: number
  headers: Record<string, string>
  body: unknown
}

function toResponse({ status, headers, body }: Answered, more: Record<string, string> = {}): Response {
  const isText = body === undefined || typeof body === 'string'
  const isPlain = isText && !isJson(new Headers(headers).get('content-type') ?? '')
  return new Response(isPlain ? (body ?? null) : JSON.stringify(body), { status, headers: { ...headers, ...more } })
}

/** What Prism says when it has no answer, as problem details (RFC 9457). */
function problem({ status, reason: detail }: { status: number; reason: string }): Response {
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail }
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })
}

/** The bytes of an upload are counted and hashed as they come, and kept nowhere. */
async function sha256(_: FilePart, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}
