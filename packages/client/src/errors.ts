/** Something went wrong between this client and the gateway. The message holds method and URL, never the token or the recording. */
export class GatewayError extends Error {
  override name = 'GatewayError'
}

/** No response came. The gateway may still have done the work. */
export class NetworkError extends GatewayError {
  override name = 'NetworkError' as const
}

/** The gateway answered with a status other than 2xx. */
export class ResponseError extends GatewayError {
  override name = 'ResponseError' as const
  readonly status: number
  /** The body as it came, parsed when it is JSON. */
  readonly body: unknown
  readonly response: Response

  constructor(message: string, response: Response, body: unknown) {
    super(message)
    this.status = response.status
    this.body = body
    this.response = response
  }
}

/** What the body of an error says, in the shapes that the contract documents. */
export function errorMessage(body: unknown): string | undefined {
  const detail = (body as { detail?: unknown } | null | undefined)?.detail
  if (typeof detail === 'string') return detail
  if (Array.isArray(detail))
    return (detail as { loc?: unknown[]; msg?: string }[])
      .map(({ loc = [], msg }) => `${loc.join('.')}: ${msg}`)
      .join('; ')
  return (detail as { msg?: string } | undefined)?.msg
}
