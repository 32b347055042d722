import { expect, test } from 'vitest'
import { retryAfterMs } from '../retry-after.ts'
import { backOffMs, pauseMs } from './retry.ts'

const response = (status: number, retryAfter?: string) =>
  new Response(null, { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } })

test.each([
  ['0', 0, 0],
  ['120', 120_000, 120_000],
  [new Date(Date.now() + 10_000).toUTCString(), 8000, 10_000],
  [new Date(Date.now() - 10_000).toUTCString(), 0, 0],
])('retryAfterMs() of %j', (value, low, high) => {
  const ms = retryAfterMs(response(503, value))
  expect(ms).toBeGreaterThanOrEqual(low)
  expect(ms).toBeLessThanOrEqual(high)
})

test.each(['soon', '', undefined])('retryAfterMs() of %j is undefined', (value) => {
  expect(retryAfterMs(response(503, value))).toBeUndefined()
})

test('backOffMs() doubles up to 8 s, spread over the upper half', () => {
  for (const [failures, most] of [
    [0, 500],
    [1, 1000],
    [2, 2000],
    [9, 8000],
  ] as const) {
    const samples = Array.from({ length: 100 }, () => backOffMs(failures))
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(most / 2)
    expect(Math.max(...samples)).toBeLessThanOrEqual(most)
    expect(new Set(samples).size).toBeGreaterThan(50)
  }
})

test.each([
  [408, true],
  [429, true],
  [502, true],
  [503, true],
  [504, true],
  [400, false],
  [401, false],
  [404, false],
  [413, false],
  [422, false],
  [500, false],
  [501, false],
])('after status %i a retry is useful: %s', (status, isWorthIt) => {
  expect(pauseMs(response(status), 1) !== undefined).toBe(isWorthIt)
})
