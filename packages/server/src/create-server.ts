import { randomUUID } from 'node:crypto'
import type { OpenAPI, Operation } from '@livepeer-ai/openapi'
import { createAuthorizer } from './authorize.ts'
import { addCorsHeaders, preflight, type Cors } from './cors.ts'
import { createErrorBody } from './error-body.ts'
import { HttpError } from './http-error.ts'
import { listen, type Address, type Listening } from './node/listen.ts'
import { accepts } from './media-type.ts'
import { collect, type ReceiveFile } from './body/multipart.ts'
import { createBodyReader, type Body } from './body/read-body.ts'
import { createRouter } from './router.ts'
import { textResponse } from './node/lazy-response.ts'
import { urlOf } from './url-of.ts'

/** A request that has passed the front: it fits the operation as far as routing, security and the form of its body go. */
export interface Call<Value> extends Body<Value> {
  request: Request
  operation: Operation
  pathParameters: Record<string, string>
  requestId: string
}

export interface ServerOptions<Value> {
  description: OpenAPI
  /** The bearer tokens that are accepted; any, unless given. With `'none'`, requests need no credentials at all. */
  tokens?: readonly string[] | 'none'
  /** Limit of a file, and of a body that is no form, in bytes; 50 MiB unless given. */
  maxBytes?: number
  /** Origins that browsers may call from; any, unless given. */
  cors?: Cors
  /** Takes the bytes of each file as they arrive; kept in memory unless given. */
  receiveFile?: ReceiveFile<Value>
  /** Answers a call. An HttpError that it throws becomes the answer, anything else a 500. */
  handle: (call: Call<Value>) => Response | Promise<Response>
  /** Answers what is at no path of the description; undefined is a 404. */
  otherwise?: (request: Request) => Response | Promise<Response> | undefined
  /** Stands around every answer: it may change the request for `next`, and what comes of it. */
  around?: (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>
  /** Told what became a 500. */
  onError?: (error: unknown, requestId: string) => void
  /** Told of every response, with the operation if there is one for it. */
  onResponse?: (request: Request, operation: Operation | undefined, response: Response, ms: number) => void
}

export interface Server {
  /** Answers a request; never rejects. */
  fetch: (request: Request) => Promise<Response>
  /** Writes a refusal that is about no operation, such as that of what is no request at all. */
  refuse: (error: HttpError) => Response
  /** Serves over HTTP. */
  listen: (address: Address) => Promise<Listening>
}

/** Of a server that is given no other `maxBytes`. */
export const defaultMaxBytes: number = 50 * 1024 * 1024

/** A server of the operations of a description: it routes, authorizes, reads bodies and refuses in the documented shapes, and leaves the answers to `handle`. */
export function createServer<Value = Uint8Array>(options: ServerOptions<Value>): Server {
  const {
    description,
    tokens,
    maxBytes = defaultMaxBytes,
    cors = '*',
    receiveFile = collect as ReceiveFile<never>,
    handle,
    otherwise,
    around = (request, next) => next(request),
    onError,
    onResponse,
  } = options
  const route = createRouter(description)
  const authorize = createAuthorizer(description, tokens)
  const errorBody = createErrorBody(description)
  const readBody = createBodyReader(description, maxBytes, receiveFile)

  /** What the path and the method of a request lead to. */
  function find(request: Request) {
    const { pathname } = urlOf(request)
    const found = route(pathname)
    const method = request.method === 'HEAD' && !found.operations.has('HEAD') ? 'GET' : request.method
    return { ...found, pathname, operation: found.operations.get(method) }
  }

  async function answer(request: Request, requestId: string, found: ReturnType<typeof find>): Promise<Response> {
    const { pathname, operations, pathParameters, methods, operation } = found
    if (!operations.size) {
      const other = await otherwise?.(request)
      if (other) return other
      throw new HttpError(404, `No operation at ${pathname}.`)
    }
    const early = preflight(request, methods, cors) ?? options204(request, operations, methods)
    if (early) return early
    if (!operation) {
      throw new HttpError(405, `${request.method} is not allowed here.`, { headers: { allow: methods.join(', ') } })
    }
    authorize(request, operation)
    const accept = request.headers.get('accept')
    if (accept && !accepts(accept, Object.values(operation.responses).flat())) {
      throw new HttpError(406, `Nothing that this operation answers with is acceptable: ${accept}.`)
    }
    const body = await readBody(request, operation)
    return handle({ ...body, request, operation, pathParameters, requestId })
  }

  async function fetch(request: Request): Promise<Response> {
    const begin = performance.now()
    const requestId = sane(request.headers.get('x-request-id')) ?? randomUUID()
    const found = find(request)
    const next = async (inner: Request) => {
      const answered = await answer(inner, requestId, found).catch((error: unknown) => {
        if (error instanceof HttpError) return errorBody(error, found.operation)
        // Nobody waits for the answer any more, and what a handler says about that is no news.
        if (!request.signal.aborted) onError?.(error, requestId)
        return errorBody(new HttpError(500, 'Internal server error.'), found.operation)
      })
      // A network error has no headers to set.
      if (answered.type !== 'error') addCorsHeaders(answered.headers, request, cors)
      return answered
    }
    const response = await around(request, next)
    onResponse?.(request, found.operation, response, performance.now() - begin)
    if (response.type === 'error') return response
    response.headers.set('x-request-id', requestId)
    return request.method === 'HEAD' ? textResponse(null, response) : response
  }

  const refuse = (error: HttpError) => errorBody(error)
  return { fetch, refuse, listen: (address) => listen(fetch, refuse, address) }
}

/** OPTIONS outside of CORS, unless it is an operation of the description. */
function options204(request: Request, operations: Map<string, Operation>, methods: string[]): Response | undefined {
  if (request.method !== 'OPTIONS' || operations.has('OPTIONS')) return undefined
  return textResponse(null, { status: 204, headers: { allow: methods.join(', ') } })
}

/** A caller's own request id is kept when it can do no harm in a log. */
function sane(requestId: string | null): string | undefined {
  return requestId && /^[\w.:-]{1,128}$/.test(requestId) ? requestId : undefined
}
