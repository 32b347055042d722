import { expect, test } from 'vitest'
import { takeStep } from './take-step.ts'

test('work that gives way takes one step for several of the other', async () => {
  let own = 0
  let others = 0
  const work = async () => {
    while (others < 40) {
      await takeStep({ givesWay: () => true })
      own++
    }
  }
  const other = async () => {
    for (; others < 40; others++) await takeStep({})
  }
  await Promise.all([work(), other()])
  expect(own).toBeGreaterThan(5)
  expect(own).toBeLessThan(20)
})
