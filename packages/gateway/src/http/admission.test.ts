import { expect, test } from 'vitest'
import { Admission } from './admission.ts'
import { QueueFullError } from './queue.ts'

const maxBytes = 1000
const create = (isFull = false) =>
  new Admission({ queue: { isFull }, maxBytes, maxUploads: 3, maxTotalBytes: 8 * maxBytes })

async function* chunks(count: number, read?: () => void): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) {
    read?.()
    yield new Uint8Array(500)
  }
}

async function* endless(): AsyncGenerator<Uint8Array> {
  await new Promise(() => {})
  yield new Uint8Array()
}

test('Admission refuses an upload before it is read if the queue is full', async () => {
  let reads = 0
  await expect(create(true).receive(chunks(1, () => reads++))).rejects.toThrow(QueueFullError)
  expect(reads).toBe(0)
})

test('Admission bounds the uploads at the same time', async () => {
  const admission = create()
  for (let index = 0; index < 3; index++) void admission.receive(endless())
  await expect(admission.receive(chunks(1))).rejects.toThrow(QueueFullError)
})

test('Admission gives the place of an upload that has paused to another', async () => {
  const admission = new Admission({ queue: { isFull: false }, maxBytes, maxUploads: 2, patience: 0 })
  const paused = [admission.receive(endless()), admission.receive(endless())]
  expect(await admission.receive(chunks(2))).toHaveLength(1000)
  await expect(paused[0]).rejects.toThrow(QueueFullError)
  expect(await Promise.race([paused[1], Promise.resolve('still there')])).toBe('still there')
})

test('Admission bounds the bytes of uploads and recordings, and frees them', async () => {
  const admission = create()
  let finish = () => {}
  const held = admission.hold(7500, () => new Promise<void>((resolve) => (finish = resolve)))
  expect(await admission.receive(chunks(1))).toHaveLength(500)
  await expect(admission.receive(chunks(2))).rejects.toThrow(QueueFullError)
  finish()
  await held
  expect(await admission.receive(chunks(2))).toHaveLength(1000)
})
