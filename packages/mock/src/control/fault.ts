/** A way to break a response. */
export type Fault =
  /** Delays the response by `ms` milliseconds, plus a random time up to `jitterMs`. */
  | { type: 'latency'; ms: number; jitterMs?: number }
  /** Changes the status and keeps the body. Sets `Retry-After` to `retryAfter`. */
  | { type: 'status'; status: number; retryAfter?: number }
  /** Resets the connection in place of a response. */
  | { type: 'reset' }
  /** Sends half of the body, then resets the connection. */
  | { type: 'truncate' }
  /** Limits the speed of the body. */
  | { type: 'slow'; bytesPerSecond: number }
  /** Changes `Content-Type`. */
  | { type: 'content-type'; value: string }
  /** Sends half of the body as a complete response. */
  | { type: 'malformed-json' }
  /** Sends an empty body. */
  | { type: 'empty' }

type ApplyFault<F> = (response: Response, fault: F) => Response | Promise<Response>

const faults: { [type in Fault['type']]: ApplyFault<Extract<Fault, { type: type }>> } = {
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
    async function* sendHalf() {
      yield bytes.subarray(0, bytes.length / 2)
      // Lets the bytes go out before the connection ends.
      await sleep(10)
      throw new Error('truncated on purpose')
    }
    return toStreamed(response, bytes.length, sendHalf())
  },
  async slow(response, { bytesPerSecond }) {
    const bytes = new Uint8Array(await response.arrayBuffer())
    const step = Math.max(1, Math.round(bytesPerSecond / 20))
    async function* sendSlowly() {
      for (let start = 0; start < bytes.length; start += step) {
        await sleep((1000 * step) / bytesPerSecond)
        yield bytes.subarray(start, start + step)
      }
    }
    return toStreamed(response, bytes.length, sendSlowly())
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
  return (faults[fault.type] as ApplyFault<Fault>)(response, fault)
}

/** Returns a response that announces `length` bytes and sends `chunks`. */
function toStreamed({ status, headers }: Response, length: number, chunks: AsyncGenerator<Uint8Array>): Response {
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
