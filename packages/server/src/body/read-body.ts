import { findOperationObject, resolveReference, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { HttpError, unprocessable, type Issue } from '../http/http-error.ts'
import { essence, findContent, isJson, isOneOf } from '../http/media-type.ts'
import { readChunks } from '../node/lazy-request.ts'
import { createFormCheck } from './form-issues.ts'
import { collect, readMultipart, type MultipartForm, type ReceiveFile } from './multipart.ts'

export interface Body<Value> extends MultipartForm<Value> {
  /** The value of a JSON body, or the bytes of any other body that is not multipart. */
  value?: unknown
}

/** Size allowance for the parts of a form other than its largest file. */
const formOverhead = 1024 * 1024

/**
 * Returns a function that reads the body of a request as its operation documents it.
 * It rejects with an HttpError: 400, 408, 413, 415 or 422.
 */
export function createBodyReader<Value>(
  description: OpenAPI,
  maxBytes: number,
  receiveFile: ReceiveFile<Value>,
): (request: Request, operation: Operation) => Promise<Body<Value>> {
  const checkForm = createFormChecks(description)
  const tooLarge = () => new HttpError(413, `The body is larger than the ${maxBytes} bytes that are accepted.`)

  return async (request, operation) => {
    const none: Body<Value> = { fields: {}, texts: [], files: [] }
    const { requestBody } = operation
    const contentType = request.headers.get('content-type')
    const announced = request.headers.get('content-length')
    if (!requestBody) {
      if (Number(announced ?? 0) > 0) throw new HttpError(415, 'This operation takes no body.')
      return none
    }
    refuseCoding(request)
    const chunks = readChunks(request)
    const isEmpty = !chunks || announced === '0'
    if (isEmpty && !requestBody.required) return none
    if (contentType === null) throw isEmpty ? missingBody() : unsupported('a body without a Content-Type', requestBody)
    if (!isOneOf(contentType, requestBody.mediaTypes)) throw unsupported(contentType, requestBody)

    const type = essence(contentType)
    const isForm = type === 'multipart/form-data'
    const limit = maxBytes + (isForm ? formOverhead : 0)
    if (Number(announced ?? 0) > limit) throw tooLarge()
    const body = limitBytes(chunks ?? nothing(), limit, tooLarge)
    if (isForm) {
      return readMultipart(body, contentType, maxBytes, receiveFile, (form) => {
        const issues = checkForm(operation, form)
        if (issues.length) throw unprocessable(...issues)
      })
    }
    const bytes = await collect({ name: '', filename: undefined, mediaType: type, isTyped: true }, body)
    if (!bytes.length && !requestBody.required) return none
    if (isJson(type)) return { ...none, value: parseJson(bytes) }
    if (type === 'application/x-www-form-urlencoded') {
      const pairs = [...new URLSearchParams(new TextDecoder().decode(bytes))]
      const texts = pairs.map(([name, value]) => ({ name, value, mediaType: 'text/plain' }))
      return { ...none, fields: Object.fromEntries(pairs), texts, value: bytes }
    }
    return { ...none, value: bytes }
  }
}

/** RFC 9110, 15.5.16: the response names the codings that are accepted. */
function refuseCoding({ headers }: Request): void {
  const coding = headers.get('content-encoding')
  if (!coding || /^identity$/i.test(coding)) return
  throw new HttpError(415, `The content coding '${coding.slice(0, 100)}' is not supported.`, {
    headers: { 'accept-encoding': 'identity' },
  })
}

/** Returns a function that finds the issues of a form for an operation. */
function createFormChecks(description: OpenAPI): (operation: Operation, form: MultipartForm<unknown>) => Issue[] {
  const checks = new Map<Operation, ReturnType<typeof createFormCheck>>()
  return (operation, form) => {
    let check = checks.get(operation)
    if (!check) {
      const { requestBody } = findOperationObject(description, operation) ?? {}
      const { content = {} } = requestBody ? resolveReference(description, requestBody) : {}
      check = createFormCheck(description, findContent(content, 'multipart/form-data'))
      checks.set(operation, check)
    }
    return check(form)
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Yields the bytes of a body. Throws `error` when there are more than `limit`. */
function limitBytes(body: AsyncIterable<Uint8Array>, limit: number, error: () => Error): AsyncIterable<Uint8Array> {
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

const missingBody = () => unprocessable({ loc: ['body'], msg: 'Field required', type: 'missing' })

function unsupported(received: string, { mediaTypes }: { mediaTypes: string[] }): HttpError {
  return new HttpError(415, `Unsupported media type: ${received}. Supported: ${mediaTypes.join(', ')}.`)
}
