import { randomUUID } from 'node:crypto'
import { createAnswerOperation } from './front/answer-operation.ts'
import { createChallenge } from './front/challenge.ts'
import { addCorsHeaders } from './front/cors.ts'
import { createErrorBody } from './front/errors/error-body.ts'
import { createRouter } from './front/router.ts'
import type { ServerOptions } from './front/server-options.ts'
import { HttpError } from './http/http-error.ts'
import { passOn, type Handler } from './http/middleware.ts'
import { urlOf } from './http/url-of.ts'
import { textResponse } from './node/lazy-response.ts'
import { listen, type Address, type Listening } from './node/listen.ts'

export interface Server {
  /** Answers a request; never rejects. */
  fetch: Handler
  /** Writes the response for an error without an operation, such as a malformed request. */
  refuse: (error: HttpError) => Response
  /** Serves over HTTP. */
  listen: (address: Address) => Promise<Listening>
}

// The layers around a response, outermost first:
//
//   listen     the socket, `front.wire` and `front.around`
//   fetch      request id, HEAD without a body, `onResponse`
//   around     the middleware of the options
//   next       errors become documented bodies, CORS headers
//   answer     route, preflight, authorization, Accept, body
//   handle     the response of the caller

/**
 * Creates a server for the operations of a description. It routes, authorizes, reads bodies and
 * writes errors as documented. `handle` answers the calls.
 */
export function createServer<Value = Uint8Array>(options: ServerOptions<Value>): Server {
  const { description, cors = '*', around = passOn, requestIds = true, onError, onResponse } = options
  const findTarget = createRouter(description)
  const answer = createAnswerOperation(options)
  const { respond, refuse } = createErrorBody(description, options)
  const challengeOf = createChallenge(description)

  async function fetch(request: Request): Promise<Response> {
    const begin = performance.now()
    const requestId = readRequestId(request) ?? randomUUID()
    const target = findTarget(urlOf(request).pathname, request.method)
    const next: Handler = async (inner) => {
      const innerTarget = inner === request ? target : findTarget(urlOf(inner).pathname, inner.method)
      const response = await answer(inner, innerTarget, requestId).catch((error: unknown) => {
        // After the client has gone, errors of the handler are expected.
        if (!(error instanceof HttpError) && !request.signal.aborted) onError?.(error, requestId)
        const known = error instanceof HttpError ? error : new HttpError(500, 'Internal server error.')
        if (!innerTarget.operation) return refuse(known)
        // No fault of a description may leave a client without an answer.
        return respond(known, inner, innerTarget.operation).catch(() => refuse(known))
      })
      // The headers of a network error are immutable.
      if (response.type === 'error') return response
      const challenge = response.status === 401 && innerTarget.operation && challengeOf(innerTarget.operation)
      if (challenge && !response.headers.has('www-authenticate')) response.headers.set('www-authenticate', challenge)
      addCorsHeaders(response.headers, request, cors)
      return response
    }
    const response = await around(request, next)
    onResponse?.(request, target.operation, response, performance.now() - begin)
    if (response.type === 'error') return response
    if (requestIds) response.headers.set('x-request-id', requestId)
    return request.method === 'HEAD' ? textResponse(null, response) : response
  }

  return { fetch, refuse, listen: (address) => listen(fetch, refuse, address) }
}

/** Returns the request id of the caller if it is safe to write into a log. */
function readRequestId({ headers }: Request): string | undefined {
  const requestId = headers.get('x-request-id')
  return requestId && /^[\w.:-]{1,128}$/.test(requestId) ? requestId : undefined
}
