import { completeFrom } from './complete-from.ts'

/** What is known of a request as it comes from the socket. */
export interface IncomingFacts {
  method: string
  /** As the Fetch standard writes it. */
  url: string
  headers: Headers
  /** Aborts when the client goes away. */
  signal: () => AbortSignal
  /** None for a request without a body. */
  chunks?: () => AsyncIterator<Uint8Array>
}

/**
 * A Request of which only those parts are made that somebody looks at: the stream and the signal that belong to a whole one cost
 * more than all else that it takes to answer a small call.
 */
class IncomingRequest {
  readonly #facts: IncomingFacts
  #body: ReadableStream<Uint8Array> | null | undefined
  #whole: Request | undefined

  constructor(facts: IncomingFacts) {
    this.#facts = facts
  }

  get method(): string {
    return this.#facts.method
  }

  get url(): string {
    return this.#facts.url
  }

  get headers(): Headers {
    return this.#facts.headers
  }

  get signal(): AbortSignal {
    return this.#facts.signal()
  }

  get body(): ReadableStream<Uint8Array> | null {
    return (this.#body ??= this.#facts.chunks ? toStream(this.#facts.chunks()) : null)
  }

  static whole(request: IncomingRequest): Request {
    const { method, url, headers, signal, body } = request
    return (request.#whole ??= new Request(url, { method, headers, signal, ...(body && { body, duplex: 'half' }) }))
  }

  static chunks(request: object): AsyncIterator<Uint8Array> | undefined {
    return #facts in request && request.#body === undefined ? request.#facts.chunks?.() : undefined
  }
}

completeFrom(IncomingRequest, Request, (request) => IncomingRequest.whole(request))

export function incomingRequest(facts: IncomingFacts): Request {
  return new IncomingRequest(facts) as unknown as Request
}

/** The bytes of a request's body as they come, without the stream around them where there need not be one. */
export function bodyChunks(request: Request): AsyncIterable<Uint8Array> | null {
  const chunks = IncomingRequest.chunks(request)
  return chunks ? { [Symbol.asyncIterator]: () => chunks } : request.body
}

function toStream(chunks: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await chunks.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
