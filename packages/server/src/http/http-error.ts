/** One problem of a request. */
export interface Issue {
  /** Path to the value, for example `['body', 'audio']`. */
  loc: (string | number)[]
  msg: string
  /** Stable identifier for programs. */
  type: string
}

/** An error that is answered with its status, in the shape that the description documents. */
export class HttpError extends Error {
  override name = 'HttpError' as const
  readonly status: number
  readonly issues: Issue[]
  readonly headers: Record<string, string>

  constructor(status: number, message: string, options: { issues?: Issue[]; headers?: Record<string, string> } = {}) {
    super(message)
    this.status = status
    this.issues = options.issues ?? []
    this.headers = options.headers ?? {}
  }

  /** Returns this error with more headers for its response. */
  with(headers: Record<string, string>): HttpError {
    const { status, message, issues } = this
    return new HttpError(status, message, { issues, headers: { ...headers, ...this.headers } })
  }
}

/** Returns the error for a request whose content does not fit the description. */
export function unprocessable(...issues: Issue[]): HttpError {
  return new HttpError(422, issues.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; '), { issues })
}
