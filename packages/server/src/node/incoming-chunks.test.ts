import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readIncoming } from './incoming-chunks.ts'

/** Sends chunks of a size at an interval. Returns those that were read, and the error. */
async function send({ bytes, ms }: { bytes: number; ms: number }): Promise<{ read: number; message?: string }> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const incoming = new IncomingMessage(new Socket())
  const chunks = readIncoming(incoming, () => {}, { pauseMs: 1000, slowMs: 2000 })
  for (let read = 0; read < 10; read++) {
    const next = chunks.next().then(
      () => undefined,
      (error: Error) => error.message,
    )
    await vi.advanceTimersByTimeAsync(ms)
    incoming.push(new Uint8Array(bytes))
    const message = await next
    if (message !== undefined) return { read, message }
  }
  return { read: 10 }
}

test.for([
  { what: 'reads a body that takes its time', bytes: 4096, ms: 900, read: 10 },
  {
    what: 'refuses a body that pauses',
    bytes: 4096,
    ms: 1001,
    read: 0,
    message: 'No more of the body came within 1 s.',
  },
  {
    what: 'refuses a body that trickles',
    bytes: 1,
    ms: 900,
    read: 2,
    message: 'Less than 4096 bytes of the body came within 2 s.',
  },
])('readIncoming() $what', async ({ bytes, ms, read, message }) => {
  expect(await send({ bytes, ms })).toEqual({ read, message })
})
