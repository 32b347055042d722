import { describe, expect, test } from 'vitest'
import { FairQueue, type Share, type Task } from './fair-queue.ts'

interface Named extends Task {
  name: string
}

function recording(queue: FairQueue<Named>, name: string, pieces: number): Share {
  const share: Share = { seconds: 0 }
  for (let index = 0; index < pieces; index++) queue.add({ share, seconds: 10, name })
  return share
}

const takeAll = (queue: FairQueue<Named>) => Array.from({ length: queue.size }, () => queue.take()?.name).join('')

describe('FairQueue', () => {
  test('is in order for one recording, and then empty', () => {
    const queue = new FairQueue<Named>()
    const share: Share = { seconds: 0 }
    for (const name of 'abc') queue.add({ share, seconds: 1, name })
    expect([takeAll(queue), queue.size, queue.take()]).toEqual(['abc', 0, undefined])
  })

  test('gives a turn to each of several recordings', () => {
    const queue = new FairQueue<Named>()
    for (const name of 'abc') recording(queue, name, 3)
    expect(takeAll(queue)).toBe('abcabcabc')
  })

  test('prefers the recording that has had the least', () => {
    const queue = new FairQueue<Named>()
    recording(queue, 'a', 100)
    for (let turn = 0; turn < 50; turn++) queue.take()
    recording(queue, 'b', 1)
    expect(queue.take()?.name).toBe('b')
  })

  test('lets a long recording go on, however many short ones come', () => {
    const queue = new FairQueue<Named>()
    const share = recording(queue, 'a', 100)
    share.seconds = 500
    let taken = ''
    for (let turn = 0; turn < 40; turn++) {
      recording(queue, 'b', 1)
      taken += queue.take()?.name
    }
    expect(taken.replaceAll('b', '').length).toBeGreaterThanOrEqual(5)
  })

  test('takes a task of a recording that has had little, or none', () => {
    const queue = new FairQueue<Named>()
    recording(queue, 'a', 1).seconds = 20
    expect(queue.takeBelow(20)).toBeUndefined()
    expect(queue.takeBelow(21)?.name).toBe('a')
    expect(queue.takeBelow(21)).toBeUndefined()
  })

  test('drops the tasks of one recording, and puts back a task before the others', () => {
    const queue = new FairQueue<Named>()
    const share = recording(queue, 'a', 2)
    const other: Share = { seconds: 0 }
    for (const name of 'xyz') queue.add({ share: other, seconds: 10, name })
    queue.drop(share)
    const first = queue.take()
    expect([first?.name, other.seconds, queue.size]).toEqual(['x', 10, 2])
    if (first) queue.putBack(first)
    expect([other.seconds, takeAll(queue)]).toEqual([0, 'xyz'])
  })
})
