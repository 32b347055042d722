import llamaTokenizer from 'llama-tokenizer-js'
import { describe, expect, test } from 'vitest'
import { toWords } from './tokenizer.ts'

const encode = (text: string) => llamaTokenizer.encode(text, false, true)

describe('toWords()', () => {
  test.for(['He might even have been made amiable himself.', 'Cold-hearted, “naïve” – and 日本 too!', 'a'])(
    'puts “%s” together again',
    (text) => {
      expect(toWords(encode(text)).map((word) => word.text)).toEqual(text.split(' '))
    },
  )

  test('returns the tokens of each word', () => {
    const tokens = encode('amiable himself.')
    const words = toWords(tokens)
    expect(words[0]).toMatchObject({ text: 'amiable', first: 0 })
    expect(words[1]?.first).toBe((words[0]?.last ?? NaN) + 1)
    expect(words[1]?.last).toBe(tokens.length - 1)
  })

  test('leaves out tokens that are not text', () => {
    expect(toWords([1, ...encode('yes'), 32_500, 2]).map(({ text }) => text)).toEqual(['yes'])
  })
})
