import type { components } from '@livepeer-ai/openapi'
import { normalizeError } from '@livepeer-ai/openapi/normalize-error'
import { retryAfterMs } from './call/retry.ts'

/** A file cannot be sent: it is missing, empty, or breaks off while it is read. */
export class FileError extends Error {
  override name = 'FileError'
}

/** Which request an error is about. */
export interface RequestLine {
  method: string
  url: string
}

/** What a call to a gateway throws; its message names method and URL, and never holds a token or a body. */
export class GatewayError extends Error {
  override name = 'GatewayError'
  readonly method: string
  /** Without its query. */
  readonly url: string

  constructor({ method, url }: RequestLine, problem: string, options?: ErrorOptions) {
    const address = url.replace(/\?.*/s, '')
    super(`${method} ${address} ${problem}`, options)
    this.method = method
    this.url = address
  }
}

// prettier-ignore
/** The statuses in use for which there is nothing more to know. TypeScript tells apart what is listed, and no open set. */
type OtherStatus =
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418 | 421
  | 423 | 424 | 425 | 426 | 428 | 431 | 451 | 499 | 500 | 501 | 502 | 504 | 505 | 506 | 507 | 508 | 510 | 511
  | 520 | 521 | 522 | 523 | 524 | 525 | 526 | 527 | 529 | 530

/** The gateway answered with another status than 2xx. What else there is to know depends on `status`. */
export type ResponseError = AnyResponseError &
  (
    | { readonly status: 422; readonly issues: components['schemas']['ValidationError'][] }
    | { readonly status: 429 | 503; readonly retryAfterMs: number | undefined }
    | { readonly status: OtherStatus }
  )

class AnyResponseError extends GatewayError {
  override name = 'ResponseError'
  declare readonly status: number
  declare readonly response: Response
  /** The body, parsed when it is JSON; without the token, should the gateway repeat it. */
  declare readonly raw: unknown

  constructor(request: RequestLine, response: Response, raw: unknown) {
    const { status, statusText, headers } = response
    const text = typeof raw === 'string' ? raw : JSON.stringify(raw)
    const { message, issues = [] } = normalizeError(status, headers.get('content-type'), text)
    const words = [hints[status], message === `HTTP ${status}` ? statusText : message].filter(Boolean).join(': ')
    super(request, `answered ${status}${words && `, ${words}`}`)
    Object.assign(this, { status, response, raw })
    if (status === 422) Object.assign(this, { issues })
    if (status === 429 || status === 503) Object.assign(this, { retryAfterMs: retryAfterMs(response) })
  }
}

// One class for all statuses: TypeScript cannot say in a class that its fields depend on one of them.
export const ResponseError = AnyResponseError as unknown as new (
  request: RequestLine,
  response: Response,
  raw: unknown,
) => ResponseError

/** Said before the words of the gateway. */
const hints: Record<number, string> = { 410: 'this gateway has retired the operation' }

/** No answer, or not all of it: the gateway cannot be reached, or the connection broke. The reason is in `cause`. */
export class NetworkError extends GatewayError {
  override name = 'NetworkError'

  constructor(request: RequestLine, cause: unknown) {
    super(request, `failed: ${reason(cause)}`, { cause })
  }
}

/** Makes a NetworkError of what fetch() fails with. */
export function networkError(request: RequestLine): (cause: unknown) => never {
  return (cause) => {
    throw new NetworkError(request, cause)
  }
}

/** The cause of a NetworkError when the gateway wants the request sent elsewhere, where neither it nor the token belongs. */
export const redirected: Error = new Error('it redirects elsewhere, and redirects are not followed')

/** No whole answer arrived within `timeoutMs`. The gateway may do the work all the same. */
export class TimeoutError extends GatewayError {
  override name = 'TimeoutError'
  readonly timeoutMs: number

  constructor(request: RequestLine, timeoutMs: number) {
    super(request, `timed out after ${timeoutMs} ms`)
    this.timeoutMs = timeoutMs
  }
}

/** The gateway answered 2xx with a body that the contract does not allow: empty, not JSON, or of another shape. */
export class InvalidResponseError extends GatewayError {
  override name = 'InvalidResponseError'
  readonly response: Response
  /** The body as text. */
  readonly raw: string

  constructor(request: RequestLine, response: Response, problem: string, raw: string) {
    super(request, `answered ${response.status}, but against the contract: ${problem}`)
    this.response = response
    this.raw = raw
  }
}

/** The innermost words of an error: fetch() says only that it failed, and keeps the reason in `cause`. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause) return reason(error.cause)
  // When a name has several addresses, each has an error of its own.
  if (error instanceof AggregateError) return reason(error.errors[0])
  return error.message || error.name
}
