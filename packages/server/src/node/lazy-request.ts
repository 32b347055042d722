import { completeFrom } from './complete-from.ts'

/** The parts of a request as it comes from the socket. */
export interface IncomingFacts {
  method: string
  /** Normalized as in the Fetch standard. */
  url: string
  headers: Headers
  /** Aborts when the client disconnects. */
  signal: () => AbortSignal
  /** Undefined for a request without a body. */
  chunks: (() => AsyncIterator<Uint8Array>) | undefined
}

/**
 * A Request that creates its parts on first use. For a small call, the stream and the signal of a
 * complete Request would take most of the time.
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
    const { method, url, headers, signal } = request
    // The Fetch standard forbids a body for GET and HEAD. OpenAPI may document one.
    const body = method === 'GET' || method === 'HEAD' ? null : request.body
    const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body, duplex: 'half' }
    return (request.#whole ??= new Request(url, init))
  }

  static chunks(request: object): AsyncIterator<Uint8Array> | undefined {
    return #facts in request && request.#body === undefined ? request.#facts.chunks?.() : undefined
  }
}

completeFrom(IncomingRequest, Request, (request) => IncomingRequest.whole(request))

export function createLazyRequest(facts: IncomingFacts): Request {
  return new IncomingRequest(facts) as unknown as Request
}

/** Returns the bytes of a request's body, without a stream around them if possible. */
export function readChunks(request: Request): AsyncIterable<Uint8Array> | null {
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
