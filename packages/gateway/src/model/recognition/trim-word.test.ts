import { expect, test } from 'vitest'
import { trimWord } from './trim-word.ts'

const window = 0.03125
const voice = (from: number, to: number) => ({
  start: 1,
  window,
  probabilities: Float32Array.from({ length: 64 }, (_, index) => {
    const time = 1 + index * window
    return time >= from && time < to ? 0.9 : 0.1
  }),
})

test('trimWord() puts a word behind the pause if only the rest of the word before is in front of it', () => {
  const word = trimWord({ start: 1.45, end: 2.5, text: 'word' }, voice(1, 1.5))
  expect([word.start, word.end]).toEqual([2.375, 2.5])
})

test('trimWord() takes the longer part of a word around a pause', () => {
  const probabilities = Float32Array.from({ length: 64 }, (_, index) =>
    index < 3 || (index > 30 && index < 50) ? 0.9 : 0,
  )
  const word = trimWord({ start: 1, end: 2.9, text: 'word' }, { start: 1, window, probabilities })
  expect([word.start, word.end]).toEqual([1 + 29 * window, 1 + 50 * window])
})

test.for([
  { what: 'a pause in front of it', word: [1.1, 2], spoken: [1.5, 2.5], trimmed: [1.4375, 2] },
  { what: 'a pause behind it', word: [1.5, 2.75], spoken: [1.25, 2], trimmed: [1.5, 2] },
  { what: 'a pause on both sides', word: [1, 3], spoken: [1.5, 2], trimmed: [1.4375, 2] },
  { what: 'no pause', word: [1.51, 1.77], spoken: [1, 3], trimmed: [1.51, 1.77] },
  { what: 'no speech', word: [1.5, 2], spoken: [2.5, 3], trimmed: [1.5, 2] },
])('trimWord() trims a word with $what', ({ word: [start = 0, end = 0], spoken: [from = 0, to = 0], trimmed }) => {
  const word = trimWord({ start, end, text: 'word' }, voice(from, to))
  expect([word.start, word.end, word.text]).toEqual([...trimmed, 'word'])
})
