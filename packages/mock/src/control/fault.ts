import { STATUS_CODES } from 'node:http'
import { HttpError } from '@livepeer-ai/server'

/** A way to break a response. */
export type Fault =
  /** Delays the response by `ms` milliseconds, plus a random time up to `jitterMs`. */
  | { type: 'latency'; ms: number; jitterMs?: number }
  /**
   * Changes the status. An error has a body as the description documents it. Sets `Retry-After` to
   * `retryAfter`.
   */
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
  status(response, { status, retryAfter }) {
    const more = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
    if (status >= 400)
      throw new HttpError(status, `${STATUS_CODES[status] ?? 'Error'}, a fault of the mock server.`, { headers: more })
    const isEmpty = [204, 205, 304].includes(status)
    return new Response(isEmpty ? null : response.body, { status, headers: merge(response.headers, more) })
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
  'content-type': ({ body, status, headers }, { value }) =>
    new Response(body, { status, headers: merge(headers, { 'content-type': value }) }),
  async 'malformed-json'(response) {
    const text = await response.text()
    return new Response(text.slice(0, Math.ceil(text.length / 2)), response)
  },
  empty: (response) => new Response('', response),
}

export function applyFault(response: Response, fault: Fault): Response | Promise<Response> {
  return (faults[fault.type] as ApplyFault<Fault>)(response, fault)
}

/** Throws a TypeError for a fault that cannot be played. */
export function checkFault(fault: Fault): void {
  if (fault.type === 'content-type') merge(new Headers(), { 'content-type': fault.value })
  // A timer has 31 bits: a longer time would pass at once.
  if (fault.type === 'latency' && !(fault.ms + (fault.jitterMs ?? 0) <= 2 ** 31 - 1))
    throw new TypeError('A latency of more than 24 days cannot be played')
}

function merge(headers: Headers, more: Record<string, string>): Headers {
  const merged = new Headers(headers)
  for (const [name, value] of Object.entries(more)) merged.set(name, value)
  return merged
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
  return new Response(body, { status, headers: merge(headers, { 'content-length': String(length) }) })
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
