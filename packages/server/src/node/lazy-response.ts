import { completeFrom } from './complete-from.ts'

/** Statuses whose responses have no body (Fetch, 2.2.3). */
const withoutBody = new Set([204, 205, 304])

/**
 * A Response with a text body that creates its parts on first use. For a small call, the stream of
 * a complete Response would take most of the time.
 */
class TextResponse {
  readonly #text: string | null
  readonly status: number
  readonly headers: Headers
  #whole: Response | undefined

  constructor(text: string | null, { status = 200, headers }: Pick<ResponseInit, 'status' | 'headers'>) {
    if (status < 200 || status > 599) throw new RangeError(`${status} is not the status of a response`)
    this.#text = withoutBody.has(status) ? null : text
    this.status = status
    this.headers = new Headers(headers)
    if (this.#text !== null && !this.headers.has('content-type'))
      this.headers.set('content-type', 'text/plain;charset=UTF-8')
  }

  get ok(): boolean {
    return this.status <= 299
  }

  get type(): Response['type'] {
    return 'default'
  }

  clone(): TextResponse {
    // Throws if the body has been read.
    this.#whole?.clone()
    return new TextResponse(this.#text, this)
  }

  static whole(response: TextResponse): Response {
    const { status, headers } = response
    return (response.#whole ??= new Response(response.#text, { status, headers }))
  }

  static text(response: object): string | undefined {
    return #text in response && !response.#whole?.bodyUsed ? (response.#text ?? '') : undefined
  }
}

completeFrom(TextResponse, Response, (response) => TextResponse.whole(response))

/** Returns a Response with this text; null: without a body. */
export function textResponse(text: string | null, init: Pick<ResponseInit, 'status' | 'headers'> = {}): Response {
  return new TextResponse(text, init) as unknown as Response
}

/**
 * Returns the text of a response if it is known without reading the body, or undefined.
 * Returns an empty string for a response without a body.
 */
export function knownText(response: Response): string | undefined {
  return TextResponse.text(response)
}
