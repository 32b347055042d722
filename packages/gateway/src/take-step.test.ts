import { expect, test } from 'vitest'
import { takeStep } from './take-step.ts'

test('work that gives way takes one step for several of the other', async () => {
  const steps = { own: 0, other: 0 }
  const giveWay = async () => {
    for (; steps.other < 40; steps.own++) await takeStep({ givesWay: () => true })
  }
  const goFirst = async () => {
    for (; steps.other < 40; steps.other++) await takeStep({})
  }
  await Promise.all([giveWay(), goFirst()])
  expect(steps.own).toBeGreaterThan(5)
  expect(steps.own).toBeLessThan(20)
})
