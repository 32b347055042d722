import { randomUUID } from 'node:crypto'
import type { OpenAPI, Operation } from '@livepeer-ai/openapi'
import { createAuthorizer } from './authorize.ts'
import { addCorsHeaders, preflight, type Cors } from './cors.ts'
import { createErrorBody } from './error-body.ts'
import { HttpError } from './http-error.ts'
import { listen, type Listening } from './listen.ts'
import { accepts } from './media-type.ts'
import { collect, type ReceiveFile } from './multipart.ts'
import { readBody, type Body } from './read-body.ts'
import { createRouter } from './router.ts'

/** A request that has passed the front: it fits the operation as far as routing, security and the form of its body go. */
export interface Call<Value> extends Body<Value> {
  request: Request
  operation: Operation
  pathParameters: Record<string, string>
  requestId: string
}

export interface ServerOptions<Value> {
  description: OpenAPI
  /** The bearer tokens that are accepted; any, unless given. */
  tokens?: readonly string[]
  /** Limit of a file, and of a body that is no form, in bytes; 50 MiB unless given. */
  maxBytes?: number
  /** Origins that browsers may call from; any, unless given. */
  cors?: Cors
  /** Takes the bytes of each file as they arrive; kept in memory unless given. */
  receiveFile?: ReceiveFile<Value>
  /** Answers a call. An HttpError that it throws becomes the answer, anything else a 500. */
  handle: (call: Call<Value>) => Response | Promise<Response>
  /** Told what became a 500. */
  onError?: (error: unknown, requestId: string) => void
}

export interface Server {
  /** Answers a request; never rejects. */
  fetch: (request: Request) => Promise<Response>
  /** Serves over HTTP. */
  listen: (options: { port: number; host: string }) => Promise<Listening>
}

const defaultMaxBytes = 50 * 1024 * 1024

/** A server of the operations of a description: it routes, authorizes, reads bodies and refuses in the documented shapes, and leaves the answers to `handle`. */
export function createServer<Value = Uint8Array>(options: ServerOptions<Value>): Server {
  const {
    description,
    tokens,
    maxBytes = defaultMaxBytes,
    cors = '*',
    receiveFile = collect as ReceiveFile<never>,
    handle,
    onError,
  } = options
  const route = createRouter(description)
  const authorize = createAuthorizer(description, tokens)
  const errorBody = createErrorBody(description)

  async function answer(request: Request, requestId: string): Promise<Response> {
    const { operations, pathParameters } = route(new URL(request.url).pathname)
    const methods = [...operations.keys(), ...(operations.has('GET') ? ['HEAD'] : []), 'OPTIONS']
    const operation = operations.get(request.method) ?? (request.method === 'HEAD' ? operations.get('GET') : undefined)
    try {
      if (!operations.size) throw new HttpError(404, `No operation at ${new URL(request.url).pathname}.`)
      const early = preflight(request, methods, cors) ?? options204(request, operations, methods)
      if (early) return early
      if (!operation)
        throw new HttpError(405, `${request.method} is not allowed here.`, { headers: { allow: methods.join(', ') } })
      authorize(request, operation)
      if (!accepts(request.headers.get('accept'), Object.values(operation.responses).flat())) {
        throw new HttpError(
          406,
          `Nothing that this operation answers with is acceptable: ${request.headers.get('accept')}.`,
        )
      }
      const body = await readBody(request, operation, { description, maxBytes, receiveFile })
      return await handle({ ...body, request, operation, pathParameters, requestId })
    } catch (error) {
      if (error instanceof HttpError) return errorBody(error, operation)
      onError?.(error, requestId)
      return errorBody(new HttpError(500, 'Internal server error.'), operation)
    }
  }

  async function fetch(request: Request): Promise<Response> {
    const requestId = sane(request.headers.get('x-request-id')) ?? randomUUID()
    const response = await answer(request, requestId)
    response.headers.set('x-request-id', requestId)
    addCorsHeaders(response.headers, request, cors)
    return request.method === 'HEAD' ? new Response(null, response) : response
  }

  return {
    fetch,
    listen: (address) =>
      listen(
        fetch,
        () => errorBody(new HttpError(503, 'Shutting down.', { headers: { 'retry-after': '1' } })),
        address,
      ),
  }
}

/** OPTIONS outside of CORS, unless it is an operation of the description. */
function options204(request: Request, operations: Map<string, Operation>, methods: string[]): Response | undefined {
  if (request.method !== 'OPTIONS' || operations.has('OPTIONS')) return undefined
  return new Response(null, { status: 204, headers: { allow: methods.join(', ') } })
}

/** A caller's own request id is kept when it can do no harm in a log. */
function sane(requestId: string | null): string | undefined {
  return requestId && /^[\w.:-]{1,128}$/.test(requestId) ? requestId : undefined
}
