import type { OpenAPI, Operation } from '@livepeer-ai/openapi'
import { HttpError } from '../../http/http-error.ts'
import { serializeBody } from '../../http/serialize-body.ts'
import { textResponse } from '../../node/lazy-response.ts'
import type { ErrorOptions } from '../server-options.ts'
import { createBodyChooser, type WriteBody } from './choose-body.ts'
import { findDocumentedError, listExamples } from './documented-error.ts'
import { documentsMessage } from './documents-message.ts'
import { messageFormat, problemDetails } from './error-formats.ts'

/** Writes errors as responses. */
export interface ErrorBody {
  /** Writes an error of an operation. */
  respond: (error: HttpError, request: Request, operation: Operation) => Promise<Response>
  /** Writes an error that concerns no operation. */
  refuse: (error: HttpError) => Response
}

/**
 * Returns functions that write an error as a response. The body is, in this order: problem details
 * where they are documented, the first known shape that fits the documented schema, the documented
 * example, a generated body. If an operation documents 400 but not 422, a 422 becomes a 400.
 */
export function createErrorBody(description: OpenAPI, options: ErrorOptions): ErrorBody {
  const chooseBody = createBodyChooser(description, options)
  const chosen = new Map<string, WriteBody>()
  let usesMessage: boolean | undefined

  function refuse(error: HttpError): Response {
    usesMessage ??= documentsMessage(description)
    const body = usesMessage ? messageFormat(error) : { ...problemDetails(error), ...options.problemMembers?.(error) }
    return write(error, error.status, `application/${usesMessage ? '' : 'problem+'}json`, JSON.stringify(body))
  }

  async function respond(failure: HttpError, request: Request, operation: Operation): Promise<Response> {
    const error = withDocumentedStatus(failure, operation)
    const documented = findDocumentedError(description, operation, error.status, request.headers.get('accept'))
    if (!documented) return refuse(error)
    const preferred = options.preferredExample?.(request, error.status)
    const examples = preferred === undefined ? undefined : listExamples(description, documented.media)
    if (preferred !== undefined && examples?.size)
      return examples.has(preferred)
        ? write(error, error.status, documented.mediaType, serializeBody(examples.get(preferred), documented.mediaType))
        : refuse(new HttpError(404, noExample(documented.mediaType, preferred)))
    const key = JSON.stringify([operation.method, operation.path, error.status, documented.documented])
    const writeBody = chosen.get(key) ?? chooseBody(documented, error.status, operation)
    chosen.set(key, writeBody)
    return write(error, error.status, documented.mediaType, await writeBody(error))
  }

  return { respond, refuse }
}

/** Returns the message of Prism. */
const noExample = (mediaType: string, name: string) =>
  `Response for contentType: ${mediaType} and exampleKey: ${name} does not exist.`

function write(error: HttpError, status: number, mediaType: string, text: string | null): Response {
  return textResponse(text, { status, headers: { 'content-type': mediaType, ...error.headers } })
}

function withDocumentedStatus(error: HttpError, { responses }: Operation): HttpError {
  if (error.status !== 422 || '422' in responses || !('400' in responses)) return error
  const { message, issues, headers } = error
  return new HttpError(400, message, { issues, headers })
}
