import type { Segment, Word } from '../../transcriber.ts'

const endsSentence = /[.?!]["'”’)]*$/
/**
 * Words with a full stop that does not end a sentence: titles, and initials (`I.` usually does end
 * one).
 */
const abbreviations = /^["'“‘(]*(?:Mr|Mrs|Ms|Dr|St|Prof|Jr|Sr|vs|etc|e\.g|i\.e|[A-HJ-Z])\.$/

/** Groups words into sentences by their punctuation. The rest is a sentence as well. */
export function toSentences(words: Word[]): Segment[] {
  const sentences: Word[][] = []
  let isOpen = false
  for (const word of words) {
    if (isOpen) sentences.at(-1)?.push(word)
    else sentences.push([word])
    isOpen = !endsSentence.test(word.text) || abbreviations.test(word.text)
  }
  return sentences.map((sentence) => ({
    start: sentence[0]?.start ?? 0,
    end: sentence.at(-1)?.end ?? 0,
    text: sentence.map(({ text }) => text).join(' '),
    words: sentence,
  }))
}
