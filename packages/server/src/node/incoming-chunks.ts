import type { IncomingMessage } from 'node:http'
import { HttpError } from '../http/http-error.ts'

/**
 * The bytes of a body as they arrive.
 * For a small call, Node's own iterator and a timer for each chunk would take most of the time.
 */
export interface Chunks {
  next: () => Promise<IteratorResult<Uint8Array, undefined>>
  /** Leaves unread bytes in the socket. */
  return: () => Promise<IteratorResult<Uint8Array, undefined>>
}

/** Limits of the time that the server waits for a body, in milliseconds. */
export interface Patience {
  /** For the next bytes. */
  pauseMs: number
  /** For 4 KiB, or the rest of the body. */
  slowMs: number
}

const minBytes = 4096

/**
 * Returns the bytes of a request body. Calls `onRead` before each read.
 * Throws a 408 when the sender pauses, or sends too little.
 */
export function readIncoming(incoming: IncomingMessage, onRead: () => void, patience: Patience): Chunks {
  // Bytes of the body that have not been read; NaN if its length is not announced.
  let left = Number(incoming.headers['content-length'] ?? NaN)
  // Time that was spent on waiting, and the bytes that came in that time.
  let waited = 0
  let received = 0
  return {
    async next() {
      onRead()
      // The parser delivers bytes of the packet with the headers after this microtask.
      await Promise.resolve()
      for (;;) {
        const value = incoming.read() as Uint8Array | null
        if (value) {
          left -= value.length
          received += value.length
          if (received >= minBytes) waited = received = 0
          return { done: false, value }
        }
        if (incoming.complete && !incoming.readableLength) return { done: true, value: undefined }
        if (incoming.destroyed) throw new Error('the client has gone away')
        if (left === 0) {
          // The parser reports the end right after the last byte, so that no timer is needed.
          left = NaN
          await new Promise(setImmediate)
        } else waited += await waitForNews(incoming, patience, waited)
      }
    },
    return: () => Promise.resolve({ done: true, value: undefined }),
  }
}

const events = ['readable', 'end', 'error', 'close'] as const

/** Returns the time that it took. */
function waitForNews(incoming: IncomingMessage, { pauseMs, slowMs }: Patience, waited: number): Promise<number> {
  const begin = performance.now()
  const isSlow = slowMs - waited < pauseMs
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      for (const event of events) incoming.off(event, wake)
    }
    const wake = () => {
      stop()
      resolve(performance.now() - begin)
    }
    const timeout = () => {
      stop()
      const [amount, ms] = isSlow ? [`Less than ${minBytes} bytes`, slowMs] : ['No more', pauseMs]
      reject(new HttpError(408, `${amount} of the body came within ${ms / 1000} s.`))
    }
    const timer = setTimeout(timeout, isSlow ? slowMs - waited : pauseMs)
    for (const event of events) incoming.on(event, wake)
  })
}
/** Returns true if the headers announce a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
