import type { Operation } from '@livepeer-ai/openapi'
import type { Part } from './multipart.ts'

/** How much of the body of the current attempt is on its way, in bytes; `total` when it is known beforehand. */
export interface UploadProgress {
  loaded: number
  total?: number
}

/** What can be said for one call; for all calls of a client the same is said in its options. */
export interface CallOptions {
  /** For each attempt, from its first byte to the last of its answer, in milliseconds. Default: 300 000. */
  timeoutMs?: number
  /** Further attempts at each gateway after a failure that another attempt may mend. Default: 2. */
  retries?: number
  /**
   * Whether to try again although the gateway may have done the work already: the connection broke, or time ran
   * out, after the whole body was sent. Default: false.
   */
  retryBilled?: boolean
  onUploadProgress?: (progress: UploadProgress) => void
}

/**
 * What openapi-fetch takes for a Request. It keeps the body as it was given, so that each attempt can build it anew,
 * and the path alone, so that each attempt can go to another gateway.
 */
export class Call {
  readonly path: string
  readonly method: string
  readonly headers: Headers
  readonly body: unknown
  readonly signal: AbortSignal | undefined
  readonly options: CallOptions
  /** What the contract says about it. */
  operation: Operation | undefined
  /** The body as parts, once an attempt has asked for them. */
  parts: readonly Part[] | undefined

  constructor(path: string, { method, headers, body, signal, ...options }: CallInit) {
    this.path = path
    this.method = method
    this.headers = headers
    this.body = body
    this.signal = signal ?? undefined
    this.options = options
  }

  /** Whether the contract wants multipart/form-data, and the caller has not made that already. */
  get isForm(): boolean {
    return this.operation?.requestBody?.mediaTypes[0] === 'multipart/form-data' && isPlainObject(this.body)
  }
}

interface CallInit extends CallOptions {
  method: string
  headers: Headers
  body?: unknown
  signal?: AbortSignal | null
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
