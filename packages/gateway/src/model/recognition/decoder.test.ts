import { describe, expect, test } from 'vitest'
import { countRepeated } from './decoder.ts'

const repeat = (pattern: number[], times: number) => Array.from({ length: times }, () => pattern).flat()

describe('countRepeated()', () => {
  test.for([
    { what: 'text', tokens: [5, 6, 7, 8, 9, 5, 6, 10], repeated: 0 },
    { what: 'a word said four times', tokens: [1, 2, ...repeat([7], 4)], repeated: 0 },
    { what: 'a short phrase said three times', tokens: repeat([7, 8, 9, 10, 11, 12], 3), repeated: 0 },
    { what: 'a word said for ever', tokens: [1, 2, ...repeat([7], 16)], repeated: 15 },
    { what: 'a phrase said for ever', tokens: [1, 2, ...repeat([7, 8, 9, 10], 4)], repeated: 12 },
    { what: 'nothing', tokens: [], repeated: 0 },
  ])('counts $repeated repeated tokens in $what', ({ tokens, repeated }) => {
    expect(countRepeated(tokens)).toBe(repeated)
  })
})
