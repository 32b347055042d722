import type { IncomingMessage } from 'node:http'
import { HttpError } from '../http-error.ts'

/** The bytes of a body as they arrive. Node's own iterator, and a timer for each chunk, take longer than all else of a small call. */
export interface Chunks {
  next: () => Promise<IteratorResult<Uint8Array, undefined>>
  /** What has not been read stays in the socket. */
  return: () => Promise<IteratorResult<Uint8Array, undefined>>
}

/** `onRead` is called when bytes are asked for; a sender who pauses for longer than `pauseMs` is a 408. */
export function incomingChunks(incoming: IncomingMessage, onRead: () => void, pauseMs: number): Chunks {
  return {
    async next() {
      onRead()
      // What came in one packet with the head is there when the parser is done with it.
      await Promise.resolve()
      for (;;) {
        const value = incoming.read() as Uint8Array | null
        if (value) return { done: false, value }
        if (incoming.complete && !incoming.readableLength) return { done: true, value: undefined }
        if (incoming.destroyed) throw new Error('the client has gone away')
        await somethingNew(incoming, pauseMs)
      }
    },
    return: () => Promise.resolve({ done: true, value: undefined }),
  }
}

const events = ['readable', 'end', 'error', 'close'] as const

function somethingNew(incoming: IncomingMessage, pauseMs: number): Promise<void> {
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
