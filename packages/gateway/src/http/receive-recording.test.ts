import { expect, test } from 'vitest'
import { receiveRecording } from './receive-recording.ts'

test('receiveRecording() collects chunks in one movable buffer', async () => {
  const pieces = Array.from({ length: 100 }, (_, index) => Buffer.alloc(index * 7, index))
  const bytes = await receiveRecording(from(pieces), 100_000)
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
  const moved = structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] })
  expect([bytes.length, Buffer.concat(pieces).equals(moved)]).toEqual([0, true])
})

test('receiveRecording() accepts an empty file and any limit', async () => {
  expect(await receiveRecording(from([]), Infinity)).toHaveLength(0)
})

async function* from(pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
