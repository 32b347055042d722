/** One thing that is wrong with a request: where (`body`, `audio`), in words, and as a stable word for programs. */
export interface Issue {
  loc: (string | number)[]
  msg: string
  type: string
}

/** A refusal: answered with this status, in the shape that the description documents for it. */
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
}

/** Refuses a request whose content does not fit the description. */
export function unprocessable(...issues: Issue[]): HttpError {
  return new HttpError(422, issues.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; '), { issues })
}
