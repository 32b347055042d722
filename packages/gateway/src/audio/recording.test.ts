import { expect, test } from 'vitest'
import { Recording } from './recording.ts'

test('what goes into a recording comes out, to a 16-bit step, and what is too loud is cut', () => {
  const recording = new Recording(6)
  expect(recording.append(Float32Array.of(0, 0.5, -1))).toBe(true)
  expect(recording.append(Float32Array.of(1, -3, 1 / 3))).toBe(true)
  const [zero, half, low, loud, louder, third] = recording.samples()
  expect([zero, half, low, louder]).toEqual([0, 0.5, -1, -1])
  expect(loud).toBeCloseTo(1, 4)
  expect(third).toBeCloseTo(1 / 3, 4)
  expect([...recording.samples(1, 3)]).toEqual([0.5, -1])
})

test('a recording does not grow beyond what it may', () => {
  const recording = new Recording(2)
  expect(recording.append(new Float32Array(3))).toBe(false)
  expect([recording.append(new Float32Array(2)), recording.append(new Float32Array(1))]).toEqual([true, false])
  expect(recording.length).toBe(2)
})
