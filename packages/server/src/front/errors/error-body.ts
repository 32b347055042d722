import { isObject, toPointer, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { HttpError } from '../../http/http-error.ts'
import { essence } from '../../http/media-type.ts'
import { serializeBody } from '../../http/serialize-body.ts'
import { textResponse } from '../../node/lazy-response.ts'
import type { ErrorOptions } from '../server-options.ts'
import { findDocumentedError, listExamples, type DocumentedError } from './documented-error.ts'
import { documentsMessage } from './documents-message.ts'
import { errorFormats, messageFormat, problemDetails } from './error-formats.ts'
import { createCompiler, type ErrorSchema } from './error-schema.ts'

/** Writes errors as responses. */
export interface ErrorBody {
  /** Writes an error of an operation. */
  respond: (error: HttpError, request: Request, operation: Operation) => Promise<Response>
  /** Writes an error that concerns no operation. */
  refuse: (error: HttpError) => Response
}

/** Returns the body of an error. */
type Write = (error: HttpError) => string | null

/**
 * Returns functions that write an error as a response. The body is, in this order: problem details
 * where they are documented, the first known shape that fits the documented schema, the documented
 * example, a generated body. If an operation documents 400 but not 422, a 422 becomes a 400.
 */
export function createErrorBody(description: OpenAPI, options: ErrorOptions): ErrorBody {
  const compile = createCompiler(description)
  const chosen = new Map<string, Promise<Write>>()
  let usesMessage: boolean | undefined

  function refuse(error: HttpError): Response {
    usesMessage ??= documentsMessage(description)
    const body = usesMessage ? messageFormat(error) : problemDetails(error)
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
    const key = JSON.stringify([
      operation.method,
      operation.path,
      error.status,
      documented.documented,
      error.issues.length > 0,
    ])
    const choice = chosen.get(key) ?? choose(documented, error, operation)
    chosen.set(key, choice)
    return write(error, error.status, documented.mediaType, (await choice)(error))
  }

  async function choose(documented: DocumentedError, error: HttpError, operation: Operation): Promise<Write> {
    const { media, mediaType, kind } = documented
    const [example] = listExamples(description, media).values()
    const fixed = example === undefined ? undefined : serializeBody(example, mediaType)
    if (fixed !== undefined && options.errorExamples && error.issues.length === 0) return () => fixed
    const schema = media.schema && compileReported(documented)
    const known = kind === 'other' ? undefined : chooseKnown(documented, schema, error)
    if (known) return known
    const text = fixed ?? (await options.generateError?.(operation, error.status, mediaType))
    if (typeof text !== 'string') return (later) => writeUnknown(later, mediaType)
    const completed = kind === 'problem' ? completeProblem(text, schema, error) : undefined
    return completed ?? (() => text)
  }

  /** Returns a schema, or undefined for one that cannot be compiled. */
  function compileReported({ media, path }: DocumentedError): ErrorSchema | undefined {
    try {
      return compile(media.schema ?? {})
    } catch (error) {
      const message = `The schema is not used: ${(error as Error).message}`
      options.onProblem?.({ pointer: toPointer([...path, 'schema']), message })
      return undefined
    }
  }

  return { respond, refuse }
}

/** Returns a known way to write the body that fits the schema, or undefined. */
function chooseKnown(
  { media, kind }: DocumentedError,
  schema: ErrorSchema | undefined,
  error: HttpError,
): Write | undefined {
  if (kind === 'text') return !media.schema || schema?.accepts(error.message) ? ({ message }) => message : undefined
  const candidates = kind === 'problem' ? [problemDetails, ...errorFormats] : errorFormats
  const isUnknown = kind === 'problem' && !schema
  const format = isUnknown ? problemDetails : candidates.find((one) => schema?.accepts(one(error)))
  return format && ((later) => JSON.stringify(format(later)))
}

/** Returns the message of Prism. */
const noExample = (mediaType: string, name: string) =>
  `Response for contentType: ${mediaType} and exampleKey: ${name} does not exist.`

/** Returns problem details with the other members of a generated body, if that fits. */
function completeProblem(text: string, schema: ErrorSchema | undefined, error: HttpError): Write | undefined {
  const members: unknown = JSON.parse(text)
  const complete = (one: HttpError) => ({ ...(members as object), ...problemDetails(one) })
  return isObject(members) && schema?.accepts(complete(error)) ? (later) => JSON.stringify(complete(later)) : undefined
}

/** Writes an error whose body is documented without a schema and an example. */
function writeUnknown(error: HttpError, mediaType: string): string | null {
  const isStructured = /[/+](json|xml)$/.test(essence(mediaType))
  return isStructured ? serializeBody(problemDetails(error), mediaType) : error.message
}

function write(error: HttpError, status: number, mediaType: string, text: string | null): Response {
  return textResponse(text, { status, headers: { 'content-type': mediaType, ...error.headers } })
}

function withDocumentedStatus(error: HttpError, { responses }: Operation): HttpError {
  if (error.status !== 422 || '422' in responses || !('400' in responses)) return error
  const { message, issues, headers } = error
  return new HttpError(400, message, { issues, headers })
}
