import { expect, test } from 'vitest'
import { cutSpans } from './cut-spans.ts'

/** Returns samples that count up, in pieces of these lengths. */
function counting(...lengths: number[]): Float32Array[] {
  let next = 0
  return lengths.map((length) => Float32Array.from({ length }, () => next++))
}

async function cut(pieces: Float32Array[], ...spans: [start: number, end: number][]): Promise<number[][]> {
  const cuts: number[][] = []
  for await (const { samples } of cutSpans(
    pieces,
    spans.map(([start, end]) => ({ start, end })),
    10,
  ))
    cuts.push([...samples])
  return cuts
}

test.for([
  { what: 'one piece', pieces: counting(20) },
  { what: 'pieces that spans go across', pieces: counting(1, 2, 3, 4, 5, 5) },
  { what: 'single samples', pieces: counting(...Array.from({ length: 20 }, () => 1)) },
  { what: 'empty pieces between', pieces: counting(0, 7, 0, 13, 0) },
])('cutSpans() finds spans in $what', async ({ pieces }) => {
  expect(await cut(pieces, [0, 0.3], [0.3, 0.5], [1.2, 2])).toEqual([
    [0, 1, 2],
    [3, 4],
    [12, 13, 14, 15, 16, 17, 18, 19],
  ])
})

test('cutSpans() reads only to the end of the last span', async () => {
  let read = 0
  async function* pieces() {
    for (const piece of counting(5, 5, 5)) {
      read++
      yield piece
    }
  }
  for await (const _ of cutSpans(pieces(), [{ start: 0.1, end: 0.7 }], 10));
  expect(read).toBe(2)
  for await (const _ of cutSpans(pieces(), [], 10));
  expect(read).toBe(2)
})
