import type { CallFacts } from '@livepeer-ai/openapi'
import { callTable } from '@livepeer-ai/openapi/call-table'
import { mergeHeaders, type HeadersOptions, type ParseAs } from 'openapi-fetch'
import { toPath } from '../generated/to-path.ts'
import type { UploadForm } from '../upload/form.ts'
import type { UploadProgress } from '../upload/upload.ts'
import type { Hooks } from './hooks.ts'
import type { UrlOptions } from './to-path.ts'

/** The options of a client, which a single call can override. */
export interface CallOptions extends Hooks {
  /**
   * Timeout of each attempt in milliseconds, from asking for the token to the last byte of the
   * response. Default: 300 000.
   */
  timeoutMs?: number
  /** Maximum number of further attempts at each gateway after a transient failure. Default: 2. */
  retries?: number
  /**
   * Retries even if the gateway may have done the work: after the whole body was sent, the
   * connection broke, the timeout passed, the response was 502 or 504, or it had no transcript.
   * Default: false.
   */
  retryBilled?: boolean
  /**
   * Rejects a file before it is sent if the gateway profile says that the gateway rejects it.
   * Default: true.
   */
  checkFile?: boolean
  /** Size limit of a response in bytes; default: 64 MiB. Errors are cut at 1 MiB. */
  maxResponseBytes?: number
  /** Checks the JSON of 2xx responses against the shape in the contract. Default: true. */
  checkSchema?: boolean
  onUploadProgress?: (progress: UploadProgress) => void
  /** Default: the global fetch(). */
  fetch?: typeof fetch
}

/** One call of one operation. */
export interface OperationCall extends CallOptions {
  method: string
  /** The path with its query. It is appended to the base URL of a gateway. */
  path: string
  headers: Headers
  /** A body object that becomes a form in the first attempt. */
  fields?: object | undefined
  /** The form, once it has been built. */
  form?: UploadForm
  /** A body of another kind. */
  body?: BodyInit | undefined
  signal?: AbortSignal | null
  /** The facts that the contract states about the operation. */
  facts?: CallFacts | undefined
}

/** The options that openapi-fetch accepts for any operation, and our own. */
export interface Init extends CallOptions, UrlOptions {
  params?: UrlOptions['params'] & { header?: Record<string, string> }
  headers?: HeadersOptions
  body?: unknown
  signal?: AbortSignal | null
  parseAs?: ParseAs
  bodySerializer?: (body: unknown) => BodyInit
}

/** Throws a TypeError for invalid numbers, which would mean no attempt or no time. */
export function checkNumbers({ retries = 0, timeoutMs = 1 }: CallOptions): void {
  if (!(Number.isInteger(retries) && retries >= 0)) throw new TypeError('retries must be a whole number from 0')
  // Timers treat any other number as 1 ms.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) throw new TypeError('timeoutMs must be 1 to 2147483647 ms')
}

/** Builds the call of an operation from its method and path template. */
export function toCall(method: string, template: string, init: Init): OperationCall {
  const { params, headers, body, bodySerializer, ...options } = init
  checkNumbers(options)
  const facts = callTable[`${method} ${template}`]
  const isForm = facts?.files && !bodySerializer && !(body instanceof FormData)
  const content = isForm || body === undefined ? undefined : (bodySerializer ?? serialize)(body)
  return {
    ...options,
    method,
    path: toPath(template, init),
    headers: mergeHeaders(typeof content === 'string' ? json : {}, headers, params?.header),
    facts,
    fields: isForm ? (body as object) : undefined,
    body: content,
  }
}

const json = { 'content-type': 'application/json' }
const serialize = (body: unknown): BodyInit => (body instanceof FormData ? body : JSON.stringify(body))
