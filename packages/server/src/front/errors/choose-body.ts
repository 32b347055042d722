import { isObject, toPointer, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import type { HttpError } from '../../http/http-error.ts'
import { essence } from '../../http/media-type.ts'
import { serializeBody } from '../../http/serialize-body.ts'
import type { ErrorOptions } from '../server-options.ts'
import { listExamples, type DocumentedError } from './documented-error.ts'
import { errorFormats, problemDetails } from './error-formats.ts'
import { createCompiler, type ErrorSchema } from './error-schema.ts'

/** Returns the body of an error. */
export type WriteBody = (error: HttpError) => Promise<string | null>

/** Returns a function that returns the writer of a documented body. */
export function createBodyChooser(
  description: OpenAPI,
  options: ErrorOptions,
): (documented: DocumentedError, status: number, operation: Operation) => WriteBody {
  const compile = createCompiler(description)

  return (documented, status, operation) => {
    const { media, mediaType, kind } = documented
    const [example] = listExamples(description, media).values()
    const fixed = example === undefined ? undefined : serializeBody(example, mediaType)
    let schema: ErrorSchema | undefined
    let isCompiled = false
    let generated: Promise<string | null | undefined> | undefined

    return async (error) => {
      if (fixed !== undefined && options.errorExamples && error.issues.length === 0) return fixed
      if (!isCompiled && media.schema) schema = compileReported(documented)
      isCompiled = true
      const known = kind === 'other' ? undefined : writeKnown(documented, schema, error)
      if (known !== undefined) return known
      const text = fixed ?? (await (generated ??= options.generateError?.(operation, status, mediaType)))
      if (typeof text !== 'string') return writeUnknown(error, mediaType)
      return (kind === 'problem' ? completeProblem(text, schema, error) : undefined) ?? text
    }
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
}

/** Returns the first known body that fits the schema, or undefined. */
function writeKnown(
  { media, kind }: DocumentedError,
  schema: ErrorSchema | undefined,
  error: HttpError,
): string | undefined {
  if (kind === 'text') return !media.schema || schema?.accepts(error.message) ? error.message : undefined
  if (kind === 'problem' && !schema) return JSON.stringify(problemDetails(error))
  const formats = kind === 'problem' ? [problemDetails, ...errorFormats] : errorFormats
  const body = formats.map((format) => format(error)).find((one) => schema?.accepts(one))
  return body && JSON.stringify(body)
}

/** Returns problem details with the other members of a generated body, if that fits. */
function completeProblem(text: string, schema: ErrorSchema | undefined, error: HttpError): string | undefined {
  const members: unknown = JSON.parse(text)
  const complete = { ...(members as object), ...problemDetails(error) }
  return isObject(members) && schema?.accepts(complete) ? JSON.stringify(complete) : undefined
}

/** Writes an error whose body is documented without a schema and an example. */
function writeUnknown(error: HttpError, mediaType: string): string | null {
  const isStructured = /[/+](json|xml)$/.test(essence(mediaType))
  return isStructured ? serializeBody(problemDetails(error), mediaType) : error.message
}
