import { describe, expect, test } from 'vitest'
import { alignTokens } from './alignment.ts'

/**
 * Returns one head that attends to these frames per token, and to the first frame for every token,
 * as real heads do.
 */
const attentionTo = (ranges: [start: number, end: number][], frames: number) =>
  ranges.map(([start, end]) => [
    Float32Array.from(
      { length: frames },
      (_, frame) => (frame >= start && frame < end ? 0.1 : 0) + (frame < 3 ? 0.5 : 0),
    ),
  ])

describe('alignTokens()', () => {
  test('assigns each token the frames that it attends to most', () => {
    const ranges: [number, number][] = [
      [0, 20],
      [20, 50],
      [50, 60],
      [60, 100],
    ]
    const aligned = alignTokens(attentionTo(ranges, 100))
    for (const [index, [start, end]] of ranges.entries()) {
      expect(Math.abs((aligned[index]?.start ?? NaN) - start), `start of ${index}`).toBeLessThanOrEqual(2)
      expect(Math.abs((aligned[index]?.end ?? NaN) - end), `end of ${index}`).toBeLessThanOrEqual(2)
    }
  })

  test('ignores a single head that attends elsewhere', () => {
    const ranges: [number, number][] = [
      [0, 20],
      [20, 60],
      [60, 100],
    ]
    const heads = Array.from({ length: 7 }, () => attentionTo(ranges, 100))
    const stray = attentionTo(ranges, 100)
    stray[0]?.[0]?.fill(20, 80, 95)
    const aligned = alignTokens(ranges.map((_, token) => [...heads, stray].flatMap((head) => head[token] ?? [])))
    expect(Math.abs((aligned[0]?.end ?? NaN) - 20)).toBeLessThanOrEqual(2)
  })

  test('keeps the order of the tokens, whatever they attend to', () => {
    const aligned = alignTokens(
      attentionTo(
        [
          [70, 80],
          [10, 20],
          [40, 50],
        ],
        90,
      ),
    )
    for (const [index, { start, end }] of aligned.entries()) {
      expect(end).toBeGreaterThanOrEqual(start)
      expect(start).toBeGreaterThanOrEqual(aligned[index - 1]?.start ?? 0)
    }
  })

  test('aligns more tokens than frames, one token, and no token', () => {
    expect(
      alignTokens(
        attentionTo(
          [
            [0, 1],
            [0, 1],
            [0, 1],
            [1, 2],
          ],
          2,
        ),
      ),
    ).toHaveLength(4)
    expect(alignTokens(attentionTo([[2, 4]], 10))).toEqual([{ start: 0, end: 10 }])
    expect(alignTokens([])).toEqual([])
  })
})
