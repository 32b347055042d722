import { errorMessage } from './error-message.ts'

/** The recording cannot be sent: it is missing, empty or not something that can be read. Nothing has left the machine. */
export class AudioError extends Error {
  override name = 'AudioError'
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
  readonly url: string

  constructor({ method, url }: RequestLine, problem: string, options?: ErrorOptions) {
    super(`${method} ${url} ${problem}`, options)
    this.method = method
    this.url = url
  }
}

/** The gateway answered with a status other than 2xx. */
export class ResponseError extends GatewayError {
  override name = 'ResponseError'
  readonly status: number
  /** The body as the gateway sent it: parsed when it is JSON, otherwise text. */
  readonly raw: unknown
  readonly response: Response

  constructor(request: RequestLine, response: Response, raw: unknown) {
    const words = errorMessage(raw) ?? response.statusText
    super(request, `answered ${response.status}${words && `: ${words}`}`)
    this.status = response.status
    this.raw = raw
    this.response = response
  }
}

/** No answer arrived: the gateway cannot be reached, or the connection broke. The reason is in `cause`. */
export class NetworkError extends GatewayError {
  override name = 'NetworkError'

  constructor(request: RequestLine, cause: unknown) {
    super(request, `failed: ${reason(cause)}`, { cause })
  }
}

/** No whole answer arrived within `timeoutMs`. The gateway may still have done the work. */
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
  readonly raw: unknown
  readonly response: Response

  constructor(request: RequestLine, response: Response, raw: unknown, problem: string) {
    super(request, `answered ${response.status} with a body that breaks the contract: ${problem}`)
    this.raw = raw
    this.response = response
  }
}

/** The innermost words of an error: fetch() says only that it failed and keeps the reason in `cause`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause) return reason(error.cause)
  // An attempt at several addresses fails with one error for each.
  const { code } = error as NodeJS.ErrnoException
  return error.message || (error instanceof AggregateError && reason(error.errors[0])) || (code ?? error.name)
}
