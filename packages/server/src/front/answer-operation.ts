import { defaultMaxBytes, type Operation } from '@livepeer-ai/openapi'
import { collect, type ReceiveFile } from '../body/multipart.ts'
import { createBodyReader } from '../body/read-body.ts'
import { HttpError } from '../http/http-error.ts'
import { accepts } from '../http/media-type.ts'
import { textResponse } from '../node/lazy-response.ts'
import { checkAccess } from './access.ts'
import { createAuthorizer } from './authorize.ts'
import { answerPreflight } from './cors.ts'
import { answerWithDescription } from './own-description.ts'
import type { Target } from './router.ts'
import type { ServerOptions } from './server-options.ts'

type AnswerOperation = (request: Request, target: Target, requestId: string) => Promise<Response>

/**
 * Returns a function that checks a request against the operation it is for and calls `handle`.
 * It rejects with an HttpError when the request does not conform.
 */
export function createAnswerOperation<Value>({
  description,
  tokens,
  access,
  maxBytes = defaultMaxBytes,
  cors = '*',
  negotiates,
  receiveFile = collect as ReceiveFile<unknown> as ReceiveFile<Value>,
  handle,
  servesDescription = false,
  errorHeaders,
  otherwise,
}: ServerOptions<Value>): AnswerOperation {
  const authorize = createAuthorizer(description, tokens)
  const readBody = createBodyReader(description, maxBytes, receiveFile)

  const withHeaders = (error: unknown) => {
    throw errorHeaders && error instanceof HttpError ? error.with(errorHeaders(error)) : error
  }

  return (request, target, requestId) => answer(request, target, requestId).catch(withHeaders)

  async function answer(request: Request, target: Target, requestId: string): Promise<Response> {
    if (access) checkAccess(request, access)
    const { pathname, operations, pathParameters, methods, operation } = target
    if (!operations.size) {
      const own = servesDescription ? answerWithDescription(request, description) : undefined
      const other = own ?? (await otherwise?.(request))
      if (other) return other
      throw new HttpError(404, `No operation at ${pathname}.`)
    }
    const early = answerPreflight(request, methods, cors) ?? answerOptions(request, operations, methods)
    if (early) return early
    if (!operation) {
      throw new HttpError(405, `${request.method} is not allowed here.`, { headers: { allow: methods.join(', ') } })
    }
    authorize(request, operation)
    const accept = request.headers.get('accept')
    if (!negotiates && accept && !accepts(accept, listNegotiable(operation))) {
      throw new HttpError(406, `Nothing that this operation answers with is acceptable: ${accept}.`)
    }
    const body = await readBody(request, operation)
    return handle({ ...body, request, operation, pathParameters, requestId })
  }
}

/** Returns the media types that a response may have; none if a success may have no body. */
function listNegotiable({ responses }: Operation): string[] {
  const hasEmptySuccess = Object.entries(responses).some(([status, types]) => status.startsWith('2') && !types.length)
  return hasEmptySuccess ? [] : Object.values(responses).flat()
}

/** Answers OPTIONS outside of CORS, unless the description has an OPTIONS operation. */
function answerOptions(
  request: Request,
  operations: ReadonlyMap<string, Operation>,
  methods: string[],
): Response | undefined {
  if (request.method !== 'OPTIONS' || operations.has('OPTIONS')) return undefined
  return textResponse(null, { status: 204, headers: { allow: methods.join(', ') } })
}
