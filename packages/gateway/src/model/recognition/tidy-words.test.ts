import { expect, test } from 'vitest'
import { toSentences } from './sentences.ts'
import { capitalize, tidyCommas } from './tidy-words.ts'

const timed = (text: string) => text.split(' ').map((word, index) => ({ start: index, end: index + 1, text: word }))

test.for([
  { text: ',, and so on', tidy: 'and so on' },
  { text: ',,and so on', tidy: 'and so on' },
  { text: 'not,, so', tidy: 'not, so' },
  { text: 'not ,, so', tidy: 'not so' },
  { text: 'One, two.', tidy: 'One, two.' },
])('tidyCommas() turns “$text” into “$tidy”', ({ text, tidy }) => {
  expect(tidyCommas(timed(text)).map((word) => word.text)).toEqual(tidy.split(' '))
})

test('tidyCommas() keeps the times of the other words', () => {
  expect(tidyCommas(timed(',, yes'))).toEqual([{ start: 1, end: 2, text: 'yes' }])
})

test.for([
  { text: 'yes. no. “indeed.”', sentences: ['Yes.', 'No.', '“Indeed.”'] },
  { text: 'it works. iPhone and 3 more.', sentences: ['It works.', 'iPhone and 3 more.'] },
  { text: 'école.', sentences: ['École.'] },
])('capitalize() begins the sentences of “$text” with capitals', ({ text, sentences }) => {
  const capitalized = toSentences(timed(text)).map(capitalize)
  expect(capitalized.map((sentence) => sentence.text)).toEqual(sentences)
  expect(capitalized.map(({ words = [] }) => words.map((word) => word.text).join(' '))).toEqual(sentences)
})
