import { expect, test } from 'vitest'
import { tone } from '../../testing/wav-file.ts'
import { amplify, Loudness } from './loudness.ts'

const rate = 16_000
/** Root mean square of a tone with this amplitude. */
const levelOf = (amplitude: number) => amplitude / Math.SQRT2

function gainOf(...parts: Float32Array[]): number {
  const loudness = new Loudness()
  for (const part of parts) loudness.push(part)
  return loudness.gain
}

test.for([
  { amplitude: 0.01, gain: 0.1 / levelOf(0.01) },
  { amplitude: 0.1, gain: 0.1 / levelOf(0.1) },
  { amplitude: 0.0001, gain: 100 },
  { amplitude: 0.9, gain: 1 },
  { amplitude: 0, gain: 1 },
])('a tone of amplitude $amplitude gets a gain of $gain', ({ amplitude, gain }) => {
  const found = gainOf(tone(440, rate, 2, amplitude))
  expect(20 * Math.log10(found / gain)).toBeCloseTo(0, 0)
})

test('pauses and a loud click do not change the gain of speech', () => {
  const speech = tone(440, rate, 2, 0.02)
  const alone = gainOf(speech)
  expect(gainOf(speech, new Float32Array(rate))).toBeCloseTo(alone, 1)
  expect(gainOf(speech, tone(440, rate, 0.05, 0.9))).toBeCloseTo(alone, 1)
})

test('the gain is independent of the sizes of the pieces', () => {
  const speech = tone(440, rate, 1, 0.02)
  const pieces = Array.from({ length: 100 }, (_, index) => speech.subarray(index * 160, (index + 1) * 160))
  expect(gainOf(...pieces)).toBe(gainOf(speech))
})

test('amplify() stays within full scale', () => {
  expect([...amplify(Float32Array.of(0.25, -0.25, 0.75, -1), 2)]).toEqual([0.5, -0.5, 1, -1])
})
