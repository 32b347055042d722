import { expect, test } from 'vitest'
import { createRandom } from '../../testing/random.ts'
import { Vocabulary } from './vocabulary.ts'

test.for([16, 288, 416])('a vocabulary with rows of %i bytes finds the row with the highest product', (size) => {
  const random = createRandom(size)
  const table = Uint8Array.from({ length: 500 * size }, () => random() * 256)
  const vocabulary = new Vocabulary(table, size)
  for (let round = 0; round < 20; round++) {
    const state = Float32Array.from({ length: size }, () => 20 * random() - 10 + round)
    const score = (row: number) =>
      state.reduce((sum, value, index) => sum + value * (table[row * size + index] ?? 0), 0)
    const scores = Array.from({ length: 500 }, (_, row) => score(row))
    const found = scores[vocabulary.findToken(state)] ?? NaN
    expect(found / Math.max(...scores)).toBeCloseTo(1, 3)
  }
})
