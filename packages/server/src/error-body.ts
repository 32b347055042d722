import { STATUS_CODES } from 'node:http'
import {
  listOperations,
  resolveReference,
  type OpenAPI,
  type Operation,
  type PathItem,
  type Schema,
} from '@livepeer-ai/openapi'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { HttpError } from './http-error.ts'
import { isJson } from './media-type.ts'

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

/** Writes a refusal in the first shape that fits the schema documented for the operation and status. */
export function createErrorBody(description: OpenAPI): (error: HttpError, operation?: Operation) => Response {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const chosen = new Map<string, Format | undefined>()

  return (error, operation) => {
    const documented = operation && format(operation, error)
    const { mediaType, body } = documented ?? (isCustomary() ? message : problemDetails)
    const text = JSON.stringify(body(error))
    return new Response(text, {
      status: error.status,
      headers: { 'content-type': mediaType ?? 'application/json', ...error.headers },
    })
  }

  /** The shape for a documented status; what fits once fits always. */
  function format(operation: Operation, error: HttpError): Format | undefined {
    const key = `${operation.operationId} ${error.status}`
    if (!chosen.has(key)) chosen.set(key, pick(operation, error))
    return chosen.get(key)
  }

  function pick(operation: Operation, error: HttpError): Format | undefined {
    const [mediaType, validate] = validator(operation, String(error.status)) ?? []
    if (!validate) return undefined
    const fitting = formats.find(({ body }) => validate(body(error)))
    return fitting && { mediaType: mediaType!, body: fitting.body }
  }

  function validator({ path, method }: Operation, status: string): [string, ValidateFunction] | undefined {
    const item = resolveReference<PathItem>(description, description.paths![path]!)
    const responses = item[method.toLowerCase() as 'get']?.responses ?? {}
    const response = responses[status] ?? responses[`${status[0]}XX`] ?? responses['default']
    const content = Object.entries((response && resolveReference(description, response).content) ?? {})
    const [mediaType, { schema }] = content.find(([type, media]) => isJson(type) && media.schema) ?? ['', {}]
    return schema && [mediaType, ajv.compile({ ...schema, components: description.components } satisfies Schema)]
  }

  /** Whether the description's own error shape is the one with a message: then it serves for undocumented statuses as well. */
  function isCustomary(): boolean {
    const errors = listOperations(description).flatMap((operation) =>
      Object.keys(operation.responses)
        .filter((status) => /^[45]\d\d$/.test(status))
        .map((status) => format(operation, new HttpError(Number(status), ''))),
    )
    return errors.some((documented) => documented?.body === message.body)
  }
}
