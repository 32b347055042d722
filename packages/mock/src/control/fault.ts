/** A way in which an answer goes wrong. */
export type Fault =
  /** Comes late, by so many milliseconds and up to `jitterMs` more. */
  | { type: 'latency'; ms: number; jitterMs?: number }
  /** Has another status, and the body of the documented answer. */
  | { type: 'status'; status: number; retryAfter?: number }
  /** Never comes: the connection is reset. */
  | { type: 'reset' }
  /** Ends after half of its body: the connection is reset. */
  | { type: 'truncate' }
  /** Comes slowly. */
  | { type: 'slow'; bytesPerSecond: number }
  | { type: 'content-type'; value: string }
  /** Is cut off in the middle, and says that it is complete. */
  | { type: 'malformed-json' }
  /** Has no body. */
  | { type: 'empty' }

type Apply<F> = (response: Response, fault: F) => Response | Promise<Response>

const faults: { [type in Fault['type']]: Apply<Extract<Fault, { type: type }>> } = {
  async latency(response, { ms, jitterMs = 0 }) {
    await sleep(ms + Math.random() * jitterMs)
    return response
  },
  status({ body, headers }, { status, retryAfter }) {
    const changed = new Headers(headers)
    if (retryAfter !== undefined) changed.set('retry-after', String(retryAfter))
    return new Response(body, { status, headers: changed })
  },
  reset: () => Response.error(),
  async truncate(response) {
    const bytes = new Uint8Array(await response.arrayBuffer())
    async function* half() {
      yield bytes.subarray(0, bytes.length / 2)
      // What is written goes out before the connection ends.
      await sleep(10)
      throw new Error('truncated on purpose')
    }
    return stream(response, bytes.length, half())
  },
  async slow(response, { bytesPerSecond }) {
    const bytes = new Uint8Array(await response.arrayBuffer())
    const step = Math.max(1, Math.round(bytesPerSecond / 20))
    async function* drops() {
      for (let start = 0; start < bytes.length; start += step) {
        await sleep((1000 * step) / bytesPerSecond)
        yield bytes.subarray(start, start + step)
      }
    }
    return stream(response, bytes.length, drops())
  },
  'content-type': ({ body, status, headers }, { value }) => {
    const changed = new Headers(headers)
    changed.set('content-type', value)
    return new Response(body, { status, headers: changed })
  },
  async 'malformed-json'(response) {
    const text = await response.text()
    return new Response(text.slice(0, Math.ceil(text.length / 2)), response)
  },
  empty: (response) => new Response('', response),
}

export function applyFault(response: Response, fault: Fault): Response | Promise<Response> {
  return (faults[fault.type] as Apply<Fault>)(response, fault)
}

function stream({ status, headers }: Response, length: number, chunks: AsyncGenerator<Uint8Array>): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
  const changed = new Headers(headers)
  changed.set('content-length', String(length))
  return new Response(body, { status, headers: changed })
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
