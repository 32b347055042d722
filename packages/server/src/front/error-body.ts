import { STATUS_CODES } from 'node:http'
import {
  findOperationObject,
  listOperations,
  resolveReference,
  type OpenAPI,
  type Operation,
} from '@livepeer-ai/openapi'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { HttpError } from '../http/http-error.ts'
import { isJson } from '../http/media-type.ts'
import { textResponse } from '../node/lazy-response.ts'

interface Format {
  mediaType?: string
  body: (error: HttpError) => unknown
}

const message: Format = { body: ({ message: msg }) => ({ detail: { msg } }) }

/** Problem details (RFC 9457), for statuses that the description does not document. */
const problemDetails: Format = {
  mediaType: 'application/problem+json',
  body: ({ status, message: detail }) => ({
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
  }),
}

/** Known shapes of error bodies. The first one that fits is used. */
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
 * Returns a function that writes an error as a response.
 * The body has the first shape that fits the schema documented for the operation and status. If no
 * shape fits, the body is the documented example. If an operation documents 400 but not 422, a 422
 * becomes a 400. With `prefersExamples`, an error that lists no faults is the documented example.
 */
export function createErrorBody(
  description: OpenAPI,
  prefersExamples = false,
): (error: HttpError, operation?: Operation) => Response {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const chosen = new Map<string, Format | undefined>()

  return (error, operation) => {
    const status =
      operation && error.status === 422 && !documents(operation, 422) && documents(operation, 400) ? 400 : error.status
    const { mediaType, body } =
      (operation && findFormat(operation, status, error)) ?? (usesMessage() ? message : problemDetails)
    return textResponse(JSON.stringify(body(error)), {
      status,
      headers: { 'content-type': mediaType ?? 'application/json', ...error.headers },
    })
  }

  /** Returns the format for a status of an operation. The first choice is kept. */
  function findFormat(operation: Operation, status: number, error: HttpError): Format | undefined {
    const key = `${operation.operationId} ${status} ${error.issues.length > 0}`
    if (!chosen.has(key)) chosen.set(key, chooseFormat(operation, status, error))
    return chosen.get(key)
  }

  function chooseFormat(operation: Operation, status: number, error: HttpError): Format | undefined {
    const { responses = {} } = findOperationObject(description, operation) ?? {}
    const response = responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses['default']
    const content = Object.entries((response && resolveReference(description, response).content) ?? {})
    const [mediaType, media] = content.find(([type]) => isJson(type)) ?? []
    if (!mediaType || !media?.schema) return undefined
    const validate = ajv.compile({ ...media.schema, components: description.components })
    const [example] = Object.values(media.examples ?? {})
    const { value } = example ? resolveReference<{ value?: unknown }>(description, example) : { value: media.example }
    const fitting = formats.find(({ body }) => validate(body(error)))
    const isExample = value !== undefined && (!fitting || (prefersExamples && error.issues.length === 0))
    if (isExample) return { mediaType, body: () => value }
    return fitting && { mediaType, body: fitting.body }
  }

  /** Returns true if a documented error has the shape with a message. Others then get it, too. */
  function usesMessage(): boolean {
    return listOperations(description).some((operation) =>
      Object.keys(operation.responses)
        .filter((status) => /^[45]\d\d$/.test(status))
        .some(
          (status) => findFormat(operation, Number(status), new HttpError(Number(status), ''))?.body === message.body,
        ),
    )
  }
}

function documents({ responses }: Operation, status: number): boolean {
  return String(status) in responses
}
