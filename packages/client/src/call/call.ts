import type { CallFacts } from '@livepeer-ai/openapi'
import { callTable } from '@livepeer-ai/openapi/call-table'
import { defaultBodySerializer, mergeHeaders, type HeadersOptions, type ParseAs } from 'openapi-fetch'
import type { Form, UploadProgress } from '../upload/form.ts'
import { toPath } from '../generated/to-path.ts'
import type { Hooks } from './hooks.ts'
import type { UrlOptions } from './to-path.ts'

/** What can be said for all calls of a client, and otherwise for one call. */
export interface CallOptions extends Hooks {
  /** For each attempt, from asking for the token to the last byte of the answer, in milliseconds. Default: 300 000. */
  timeoutMs?: number
  /** Further attempts at each gateway after a failure that another attempt may mend. Default: 2. */
  retries?: number
  /**
   * Whether to try again although the gateway may have done the work already: the connection broke, or time ran
   * out, after the whole body was sent. Default: false.
   */
  retryBilled?: boolean
  /** Whether a file that a known gateway is known to refuse fails before it is sent. Default: true. */
  checkFile?: boolean
  /** Whether the JSON of good answers must have the shape that the contract gives it. Default: true. */
  checkSchema?: boolean
  onUploadProgress?: (progress: UploadProgress) => void
  /** Default: the global one. */
  fetch?: typeof fetch
}

/** One call of one operation. */
export interface Call extends CallOptions {
  method: string
  /** With its query, to be appended to the base URL of a gateway. */
  path: string
  headers: Headers
  /** A body object that is still to become a form, */
  fields?: object | undefined
  /** as the first attempt makes it, */
  form?: Form
  /** or a body of another kind. */
  body?: BodyInit | undefined
  signal?: AbortSignal | null
  /** What the contract says about the operation. */
  facts?: CallFacts | undefined
}

/** What openapi-fetch takes for a call, whatever the operation, and our own options. */
export interface Init extends CallOptions, UrlOptions {
  params?: UrlOptions['params'] & { header?: Record<string, string> }
  headers?: HeadersOptions
  body?: unknown
  signal?: AbortSignal | null
  parseAs?: ParseAs
  bodySerializer?: (body: unknown) => BodyInit
}

/** Throws a TypeError for numbers that make no sense, instead of a call without attempts or without time. */
export function checkNumbers({ retries = 0, timeoutMs = 1 }: CallOptions): void {
  if (!(Number.isInteger(retries) && retries >= 0)) throw new TypeError('retries must be a whole number from 0 on')
  // Timers take any other number for 1 ms.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) throw new TypeError('timeoutMs must be between 1 and 2147483647 ms')
}

/** One call of the operation with this method and path template. */
export function toCall(method: string, template: string, init: Init): Call {
  const { params, headers, body, bodySerializer, ...options } = init
  checkNumbers(options)
  const facts = callTable[`${method} ${template}`]
  const isForm = facts?.isForm && !bodySerializer && !(body instanceof FormData)
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
const serialize = defaultBodySerializer as (body: unknown) => BodyInit
