import { normalizeError, type NormalizedIssue } from '@livepeer-ai/openapi/normalize-error'
import { retryAfterMs } from './retry-after.ts'

/** Thrown if a file cannot be sent: it is missing or empty, or reading it fails. */
export class FileError extends Error {
  override name = 'FileError'
}

/** The request that an error is about. */
export interface RequestLine {
  method: string
  url: string
}

/** Base class of the errors of a call. The message has method and URL, never a token or a body. */
export class GatewayError extends Error {
  override name = 'GatewayError'
  readonly method: string
  /** Without the query. */
  readonly url: string

  constructor({ method, url }: RequestLine, problem: string, options?: ErrorOptions) {
    const address = url.replace(/\?.*/s, '')
    super(`${method} ${address} ${problem}`.replaceAll(/\s+/g, ' ').trim(), options)
    this.method = method
    this.url = address
  }
}

// prettier-ignore
/** Statuses without further properties. TypeScript can only narrow a closed list of statuses. */
type OtherStatus =
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418 | 421
  | 423 | 424 | 425 | 426 | 428 | 431 | 451 | 499 | 500 | 501 | 502 | 504 | 505 | 506 | 507 | 508 | 510 | 511
  | 520 | 521 | 522 | 523 | 524 | 525 | 526 | 527 | 529 | 530

/**
 * Thrown for a response with a status other than 2xx. `status` decides which further properties
 * exist.
 */
export type ResponseError = AnyResponseError &
  (
    | { readonly status: 422; readonly issues: NormalizedIssue[] }
    | { readonly status: 429 | 503; readonly retryAfterMs: number | undefined }
    | { readonly status: OtherStatus }
  )

// One class for all statuses: a TypeScript class cannot have properties that depend on another one.
class AnyResponseError extends GatewayError {
  // Node prints the name of the class.
  static override readonly name: string = 'ResponseError'
  override name = 'ResponseError'
  declare readonly status: number
  declare readonly response: Response
  /** The body, parsed if it is JSON. The token is removed if the gateway repeats it. */
  declare readonly raw: unknown

  constructor(request: RequestLine, response: Response, raw: unknown) {
    const { status, statusText, headers } = response
    const text = typeof raw === 'string' ? raw : JSON.stringify(raw)
    const { message, issues = [] } = normalizeError(status, headers.get('content-type'), text)
    const words = [hints[status], message === `HTTP ${status}` ? statusText : message].filter(Boolean).join(': ')
    super(request, `answered ${status}${words && `, ${words}`}${failuresBefore.get(response) ?? ''}`)
    Object.assign(this, { status, response, raw })
    if (status === 422) Object.assign(this, { issues })
    if (status === 429 || status === 503) Object.assign(this, { retryAfterMs: retryAfterMs(response) })
  }
}

export const ResponseError = AnyResponseError as unknown as new (
  request: RequestLine,
  response: Response,
  raw: unknown,
) => ResponseError

/** Says for a response why the gateways before it failed. */
export const failuresBefore: WeakMap<Response, string> = new WeakMap()

/** Precede the message of the gateway. */
const hints: Record<number, string> = { 410: 'this gateway has retired the operation' }

/**
 * Thrown if no complete response arrives: the gateway is unreachable or the connection broke. See
 * `cause`.
 */
export class NetworkError extends GatewayError {
  override name = 'NetworkError'

  constructor(request: RequestLine, cause: unknown) {
    super(request, `failed: ${findReason(cause)}`, { cause })
  }
}

/** Returns a handler that wraps an error of fetch() in a NetworkError. */
export function throwNetworkError(request: RequestLine): (cause: unknown) => never {
  return (cause) => {
    throw new NetworkError(request, cause)
  }
}

/**
 * The cause of a NetworkError for a redirect. Neither the recording nor the token is sent
 * elsewhere.
 */
export const redirected: Error = new Error('its redirect is not followed')

/** Thrown if no complete response arrives within `timeoutMs`. The gateway may still do the work. */
export class TimeoutError extends GatewayError {
  override name = 'TimeoutError'
  readonly timeoutMs: number

  constructor(request: RequestLine, timeoutMs: number) {
    super(request, `timed out after ${timeoutMs} ms`)
    this.timeoutMs = timeoutMs
  }
}

/**
 * Thrown if the body of a 2xx response breaks the contract: empty, not JSON, or of another shape.
 */
export class InvalidResponseError extends GatewayError {
  override name = 'InvalidResponseError'
  readonly response: Response
  /** The body as text. */
  readonly raw: string

  constructor(request: RequestLine, response: Response, problem: string, raw: string) {
    super(request, `answered ${response.status}, which is invalid: ${problem}`)
    this.response = response
    this.raw = raw
  }
}

/**
 * Returns the innermost message of an error: fetch() keeps the reason in `cause`. In test
 * environments, the error may be of another realm.
 */
export function findReason(error: unknown): string {
  const { cause, errors, message, name } = Object(error) as Partial<AggregateError>
  // Each address of a host name has its own error.
  const inner: unknown = cause ?? errors?.[0]
  return inner ? findReason(inner) : message || name || String(error)
}
