import { describe, expect, test } from 'vitest'
import { Segmenter } from './segmenter.ts'

const window = 0.1

/** Returns probabilities for stretches of so many windows each. */
const probabilities = (...stretches: [probability: number, windows: number][]) =>
  stretches.flatMap(([probability, windows]) => Array.from({ length: windows }, () => probability))

function find(values: number[]): number[][] {
  const segmenter = new Segmenter(window)
  const spans = [...values.flatMap((value) => segmenter.push(value)), ...segmenter.finish()]
  return spans.map(({ start, end }) => [
    Number(start.toFixed(3)),
    Number(Math.min(end, values.length * window).toFixed(3)),
  ])
}

describe('Segmenter', () => {
  test.for([
    { what: 'nothing in silence', values: probabilities([0.1, 100]), spans: [] },
    { what: 'nothing in no audio', values: probabilities(), spans: [] },
    {
      what: 'speech with some room on both sides',
      values: probabilities([0, 20], [0.9, 30], [0, 20]),
      spans: [[1.8, 5.2]],
    },
    { what: 'all of it where all is speech', values: probabilities([0.9, 30]), spans: [[0, 3]] },
    {
      what: 'one stretch across a short pause',
      values: probabilities([0.9, 10], [0, 7], [0.9, 10]),
      spans: [[0, 2.7]],
    },
    {
      what: 'one stretch across a pause of two seconds',
      values: probabilities([0.9, 10], [0, 20], [0.9, 10]),
      spans: [[0, 4]],
    },
    {
      what: 'two stretches around a longer pause',
      values: probabilities([0.9, 10], [0, 22], [0.9, 10]),
      spans: [
        [0, 1.2],
        [3, 4.2],
      ],
    },
    {
      what: 'two stretches where one would be too long for the model',
      values: probabilities([0.9, 90], [0, 10], [0.9, 90]),
      spans: [
        [0, 9.2],
        [9.8, 19],
      ],
    },
    {
      what: 'speech that grows faint',
      values: probabilities([0, 10], [0.6, 1], [0.4, 20], [0, 10]),
      spans: [[0.8, 3.3]],
    },
    { what: 'no speech in what is only faint', values: probabilities([0.4, 50]), spans: [] },
  ])('finds $what', ({ values, spans }) => {
    expect(find(values)).toEqual(spans)
  })

  test('cuts long speech where it is quietest, in pieces of 18 seconds at most, without gap or overlap', () => {
    const values = probabilities([0.9, 100], [0.4, 5], [0.9, 400])
    const spans = find(values)
    expect(spans[0]?.[1]).toBeGreaterThanOrEqual(10)
    expect(spans[0]?.[1]).toBeLessThanOrEqual(10.5)
    for (const [index, [start = NaN, end = NaN]] of spans.entries()) {
      expect(end - start).toBeLessThanOrEqual(18.4)
      expect(start).toBeCloseTo(spans[index - 1]?.[1] ?? 0, 3)
    }
    expect(spans.at(-1)?.[1]).toBe(50.5)
  })

  test('returns each span as soon as its pause is long enough, and needs no audio before the next', () => {
    const segmenter = new Segmenter(window)
    const values = probabilities([0, 20], [0.9, 10], [0, 30])
    const index = values.findIndex((value) => segmenter.push(value).length > 0)
    expect(index * window).toBeCloseTo(5.1, 3)
    expect(segmenter.needed).toBeGreaterThan(4.5)
  })
})
