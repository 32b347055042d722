import { STATUS_CODES } from 'node:http'
import { listOperations, resolveReference, type OpenAPI, type Operation, type PathItem } from '@livepeer-ai/openapi'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { HttpError } from './http-error.ts'
import { isJson } from './media-type.ts'
import { textResponse } from './node/lazy-response.ts'

interface Format {
  mediaType?: string
  body: (error: HttpError) => unknown
}

const message: Format = { body: ({ message: msg }) => ({ detail: { msg } }) }

/** RFC 9457, for what the description says nothing about. */
const problemDetails: Format = {
  mediaType: 'application/problem+json',
  body: ({ status, message: detail }) => ({
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
  }),
}

/** Shapes of error bodies, in the order in which they are tried. */
const formats: Format[] = [
  message,
  {
    body: ({ issues, message: msg }) => ({ detail: issues.length ? issues : [{ loc: [], msg, type: 'value_error' }] }),
  },
  { body: ({ message: text }) => ({ error: { message: text } }) },
  { body: ({ message: text }) => ({ message: text }) },
  { body: ({ message: text }) => ({ error: text }) },
  problemDetails,
]

/**
 * Writes a refusal in the first shape that fits the schema documented for the operation and status; if none does, it is the documented example.
 * An operation that documents 400 and not 422 says 400 for both.
 */
export function createErrorBody(description: OpenAPI): (error: HttpError, operation?: Operation) => Response {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const chosen = new Map<string, Format | undefined>()

  return (error, operation) => {
    const status =
      operation && error.status === 422 && !documents(operation, 422) && documents(operation, 400) ? 400 : error.status
    const { mediaType, body } =
      (operation && format(operation, status, error)) ?? (isCustomary() ? message : problemDetails)
    return textResponse(JSON.stringify(body(error)), {
      status,
      headers: { 'content-type': mediaType ?? 'application/json', ...error.headers },
    })
  }

  /** The shape for a status of an operation; what fits once fits always. */
  function format(operation: Operation, status: number, error: HttpError): Format | undefined {
    const key = `${operation.operationId} ${status}`
    if (!chosen.has(key)) chosen.set(key, pick(operation, status, error))
    return chosen.get(key)
  }

  function pick({ path, method }: Operation, status: number, error: HttpError): Format | undefined {
    const item = resolveReference<PathItem>(description, description.paths![path]!)
    const responses = item[method.toLowerCase() as 'get']?.responses ?? {}
    const response = responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses['default']
    const content = Object.entries((response && resolveReference(description, response).content) ?? {})
    const [mediaType, media] = content.find(([type]) => isJson(type)) ?? []
    if (!mediaType || !media?.schema) return undefined
    const validate = ajv.compile({ ...media.schema, components: description.components })
    const fitting = formats.find(({ body }) => validate(body(error)))
    if (fitting) return { mediaType, body: fitting.body }
    const [example] = Object.values(media.examples ?? {})
    const { value } = example ? resolveReference<{ value?: unknown }>(description, example) : { value: media.example }
    return value === undefined ? undefined : { mediaType, body: () => value }
  }

  /** Whether the description's own error shape is the one with a message: then it serves for undocumented statuses as well. */
  function isCustomary(): boolean {
    return listOperations(description).some((operation) =>
      Object.keys(operation.responses)
        .filter((status) => /^[45]\d\d$/.test(status))
        .some((status) => format(operation, Number(status), new HttpError(Number(status), ''))?.body === message.body),
    )
  }
}

const documents = ({ responses }: Operation, status: number) => String(status) in responses
