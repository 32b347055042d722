import type { StatedItem } from './read-statement.ts'

/** Punctuation that ends a word. An opening bracket or quotation mark begins one. */
const ending = /^(?![\p{Ps}\p{Pi}])\p{P}+$/u

/**
 * Joins tokens to words. If some begin with a blank, those without one continue a word. Otherwise,
 * only punctuation does.
 */
export function joinWords(tokens: readonly StatedItem[]): StatedItem[] {
  const spoken = tokens.filter(({ text }) => text.trim() !== '')
  const marksWords = spoken.slice(1).some(({ text }) => /^\s/.test(text))
  const words: StatedItem[] = []
  for (const token of spoken) {
    const previous = words.at(-1)
    const text = token.text.trim()
    const continues = marksWords ? !/^\s/.test(token.text) : ending.test(text)
    if (previous && continues) words[words.length - 1] = { ...previous, text: previous.text + text, end: token.end }
    else words.push({ ...token, text })
  }
  return words
}
