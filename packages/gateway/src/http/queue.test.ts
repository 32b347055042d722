import { expect, test } from 'vitest'
import { createQueue } from './queue.ts'

const signal = new AbortController().signal

test('createQueue() runs tasks in order within its concurrency, and ends empty', async () => {
  const queue = createQueue({ concurrency: 2, limit: 100 })
  const order: number[] = []
  let most = 0
  const task = (index: number) => async () => {
    order.push(index)
    most = Math.max(most, queue.running)
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (index % 5 === 0) throw new Error('broken')
    return index
  }
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => queue.run(task(index), signal)))
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index))
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4)
  expect([most, queue.running, queue.waiting]).toEqual([2, 0, 0])
})

test('createQueue() rejects tasks beyond its limit', async () => {
  const queue = createQueue({ concurrency: 1, limit: 0 })
  let end = () => {}
  const running = queue.run(() => new Promise<void>((resolve) => (end = resolve)), signal)
  expect(queue.isFull).toBe(true)
  await expect(queue.run(() => Promise.resolve(), signal)).rejects.toThrow('0 are waiting already')
  end()
  await running
  expect(queue.isFull).toBe(false)
})
