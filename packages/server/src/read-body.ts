import { resolveReference, type OpenAPI, type Operation, type PathItem, type RequestBody } from '@livepeer-ai/openapi'
import { formIssues } from './form-issues.ts'
import { HttpError, unprocessable } from './http-error.ts'
import { bodyChunks } from './incoming-request.ts'
import { essence, isJson, isOneOf } from './media-type.ts'
import { collect, readMultipart, type Form, type ReceiveFile } from './multipart.ts'

export interface Body<Value> extends Form<Value> {
  /** The value of a JSON body, the bytes of any other that is not a form; undefined when there is none. */
  value?: unknown
}

export interface BodyOptions<Value> {
  description: OpenAPI
  maxBytes: number
  receiveFile: ReceiveFile<Value>
}

/** What the rest of a multipart body may take beside its largest file. */
const formOverhead = 1024 * 1024

/**
 * Reads the body of a request as its operation documents it.
 *
 * @throws HttpError 400, 413, 415 or 422
 */
export async function readBody<Value>(
  request: Request,
  operation: Operation,
  { description, maxBytes, receiveFile }: BodyOptions<Value>,
): Promise<Body<Value>> {
  const none: Body<Value> = { fields: {}, files: [] }
  const { requestBody } = operation
  if (!requestBody) return none
  const contentType = request.headers.get('content-type')
  const chunks = bodyChunks(request)
  const isEmpty = !chunks || request.headers.get('content-length') === '0'
  if (contentType === null) {
    if (!isEmpty) throw unsupported('a body without a Content-Type', requestBody.mediaTypes)
    if (requestBody.required) throw unprocessable({ loc: ['body'], msg: 'Field required', type: 'missing' })
    return none
  }
  if (!isOneOf(contentType, requestBody.mediaTypes)) throw unsupported(contentType, requestBody.mediaTypes)

  const type = essence(contentType)
  const isForm = type === 'multipart/form-data'
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > maxBytes + (isForm ? formOverhead : 0)) throw tooLarge(maxBytes)
  if (isForm) {
    const body = bounded(chunks ?? nothing(), maxBytes + formOverhead, maxBytes)
    const form = await readMultipart(body, contentType, maxBytes, receiveFile)
    const issues = formIssues(description, requestBodyOf(description, operation)?.content[type]?.schema, form)
    if (issues.length) throw unprocessable(...issues)
    return form
  }
  const body = bounded(chunks ?? nothing(), maxBytes, maxBytes)
  const bytes = await collect({ name: '', filename: undefined, mediaType: type }, body)
  if (isJson(type)) return { ...none, value: parseJson(bytes) }
  if (type === 'application/x-www-form-urlencoded')
    return { ...none, fields: Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes))) }
  return { ...none, value: bytes }
}

/** The request body that an operation documents. */
export function requestBodyOf(description: OpenAPI, { path, method }: Operation): RequestBody | undefined {
  const item = resolveReference<PathItem>(description, description.paths![path]!)
  const { requestBody } = item[method.toLowerCase() as 'post']!
  return requestBody && resolveReference(description, requestBody)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* bounded(
  body: AsyncIterable<Uint8Array>,
  bodyLimit: number,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > bodyLimit) throw tooLarge(maxBytes)
    yield chunk
  }
}

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

const tooLarge = (maxBytes: number) =>
  new HttpError(413, `The body is larger than the ${maxBytes} bytes that are accepted.`)

function unsupported(what: string, mediaTypes: string[]): HttpError {
  return new HttpError(415, `Unsupported media type: ${what}. Supported: ${mediaTypes.join(', ')}.`)
}
