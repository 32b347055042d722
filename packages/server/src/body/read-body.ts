import { resolveReference, type OpenAPI, type Operation, type PathItem, type RequestBody } from '@livepeer-ai/openapi'
import { createFormIssues } from './form-issues.ts'
import { HttpError, unprocessable, type Issue } from '../http-error.ts'
import { bodyChunks } from '../node/lazy-request.ts'
import { essence, isJson, isOneOf } from '../media-type.ts'
import { collect, readMultipart, type Form, type ReceiveFile } from './multipart.ts'

export interface Body<Value> extends Form<Value> {
  /** The value of a JSON body, the bytes of any other that is not a form; undefined when there is none. */
  value?: unknown
}

/** What the rest of a multipart body may take beside its largest file. */
const formOverhead = 1024 * 1024

/** Makes the reader of the bodies of requests, as their operations document them. It rejects with an HttpError: 400, 408, 413, 415 or 422. */
export function createBodyReader<Value>(
  description: OpenAPI,
  maxBytes: number,
  receiveFile: ReceiveFile<Value>,
): (request: Request, operation: Operation) => Promise<Body<Value>> {
  const forms = new Map<Operation, ReturnType<typeof createFormIssues>>()
  const tooLarge = () => new HttpError(413, `The body is larger than the ${maxBytes} bytes that are accepted.`)

  /** What is wrong with a form that is sent to the operation. */
  function issuesOf(operation: Operation, form: Body<Value>): Issue[] {
    let issues = forms.get(operation)
    if (!issues) {
      const content = requestBodyOf(description, operation)?.content ?? {}
      issues = createFormIssues(description, content['multipart/form-data']?.schema)
      forms.set(operation, issues)
    }
    return issues(form)
  }

  return async (request, operation) => {
    const none: Body<Value> = { fields: {}, files: [] }
    const { requestBody } = operation
    if (!requestBody) return none
    const contentType = request.headers.get('content-type')
    const announced = request.headers.get('content-length')
    const chunks = bodyChunks(request)
    if (contentType === null) {
      if (chunks && announced !== '0') throw unsupported('a body without a Content-Type', requestBody.mediaTypes)
      if (requestBody.required) throw unprocessable({ loc: ['body'], msg: 'Field required', type: 'missing' })
      return none
    }
    if (!isOneOf(contentType, requestBody.mediaTypes)) throw unsupported(contentType, requestBody.mediaTypes)

    const type = essence(contentType)
    const isForm = type === 'multipart/form-data'
    const limit = maxBytes + (isForm ? formOverhead : 0)
    if (Number(announced ?? 0) > limit) throw tooLarge()
    const body = bounded(chunks ?? nothing(), limit, tooLarge)
    if (isForm) {
      const form = await readMultipart(body, contentType, maxBytes, receiveFile)
      const issues = issuesOf(operation, form)
      if (issues.length) throw unprocessable(...issues)
      return form
    }
    const bytes = await collect({ name: '', filename: undefined, mediaType: type }, body)
    if (isJson(type)) return { ...none, value: parseJson(bytes) }
    if (type === 'application/x-www-form-urlencoded')
      return { ...none, fields: Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes))) }
    return { ...none, value: bytes }
  }
}

/** The request body that an operation documents. */
export function requestBodyOf(description: OpenAPI, { path, method }: Operation): RequestBody | undefined {
  const item = resolveReference<PathItem>(description, description.paths![path]!)
  const { requestBody } = item[method.toLowerCase() as 'post']!
  return requestBody && resolveReference(description, requestBody)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Fails once more bytes come than `limit`. */
function bounded(body: AsyncIterable<Uint8Array>, limit: number, error: () => Error): AsyncIterable<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  let size = 0
  const count = (result: IteratorResult<Uint8Array>) => {
    size += result.done ? 0 : result.value.length
    if (size > limit) throw error()
    return result
  }
  const next = () => chunks.next().then(count)
  return { [Symbol.asyncIterator]: () => ({ next, return: () => Promise.resolve(chunks.return?.() ?? ended) }) }
}

const ended = { done: true, value: undefined } as const

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw unprocessable({
      loc: ['body'],
      msg: `The body is not JSON: ${(error as Error).message}`,
      type: 'json_invalid',
    })
  }
}

function unsupported(what: string, mediaTypes: string[]): HttpError {
  return new HttpError(415, `Unsupported media type: ${what}. Supported: ${mediaTypes.join(', ')}.`)
}
