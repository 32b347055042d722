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

/**
 * Returns the bytes of a request body. Calls `onRead` before each read.
 * Throws a 408 when the sender pauses for longer than `pauseMs`.
 */
export function readIncoming(incoming: IncomingMessage, onRead: () => void, pauseMs: number): Chunks {
  // Bytes of the body that have not been read; NaN if its length is not announced.
  let left = Number(incoming.headers['content-length'] ?? NaN)
  return {
    async next() {
      onRead()
      // The parser delivers bytes of the packet with the headers after this microtask.
      await Promise.resolve()
      for (;;) {
        const value = incoming.read() as Uint8Array | null
        if (value) {
          left -= value.length
          return { done: false, value }
        }
        if (incoming.complete && !incoming.readableLength) return { done: true, value: undefined }
        if (incoming.destroyed) throw new Error('the client has gone away')
        if (left === 0) {
          // The parser reports the end right after the last byte, so that no timer is needed.
          left = NaN
          await new Promise(setImmediate)
        } else await waitForNews(incoming, pauseMs)
      }
    },
    return: () => Promise.resolve({ done: true, value: undefined }),
  }
}

const events = ['readable', 'end', 'error', 'close'] as const

function waitForNews(incoming: IncomingMessage, pauseMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      for (const event of events) incoming.off(event, wake)
    }
    const wake = () => {
      stop()
      resolve()
    }
    const timer = setTimeout(() => {
      stop()
      reject(new HttpError(408, `No more of the body came within ${pauseMs / 1000} s.`))
    }, pauseMs)
    for (const event of events) incoming.on(event, wake)
  })
}
/** Returns true if the headers announce a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
