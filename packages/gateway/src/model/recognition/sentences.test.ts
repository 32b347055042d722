import { describe, expect, test } from 'vitest'
import { toSentences } from './sentences.ts'

const timed = (text: string) => text.split(' ').map((word, index) => ({ start: index, end: index + 0.5, text: word }))

describe('toSentences()', () => {
  test.for([
    { words: 'Yes. I see! Do you?', sentences: ['Yes.', 'I see!', 'Do you?'] },
    {
      words: 'Mr. Bennet and Mrs. Long met Dr. J. Smith. They spoke.',
      sentences: ['Mr. Bennet and Mrs. Long met Dr. J. Smith.', 'They spoke.'],
    },
    { words: '"Is it?" he said.', sentences: ['"Is it?"', 'he said.'] },
    { words: 'So am I. Good.', sentences: ['So am I.', 'Good.'] },
    { words: 'no full stop', sentences: ['no full stop'] },
    { words: 'It costs 3.50 in all. Good.', sentences: ['It costs 3.50 in all.', 'Good.'] },
  ])('groups “$words”', ({ words, sentences }) => {
    expect(toSentences(timed(words)).map(({ text }) => text)).toEqual(sentences)
  })

  test('takes the times of the first and the last word', () => {
    expect(toSentences(timed('One two. Three four five.')).map(({ start, end }) => [start, end])).toEqual([
      [0, 1.5],
      [2, 4.5],
    ])
  })

  test('returns no sentence for no words', () => {
    expect(toSentences([])).toEqual([])
  })
})
