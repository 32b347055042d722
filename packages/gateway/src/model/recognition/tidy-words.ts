import type { Segment, Word } from '../../transcriber.ts'

/**
 * Removes the commas with which the model begins a piece, because it lacks what was said before,
 * and commas that are repeated.
 */
export function tidyCommas(words: Word[]): Word[] {
  return words
    .map((word, index) => ({
      ...word,
      text: word.text.replace(/,{2,}/g, ',').replace(index === 0 ? /^,+/ : /^,+$/, ''),
    }))
    .filter(({ text }) => text !== '')
}

/** Begins a sentence with a capital letter. Names such as `iPhone` remain. */
export function capitalize(sentence: Segment): Segment {
  const toCapital = (text: string) =>
    text.replace(/^(["'“‘(]*)(\p{Ll})(?!\p{Lu})/u, (_, quote: string, letter: string) => quote + letter.toUpperCase())
  const [first, ...others] = sentence.words ?? []
  return {
    ...sentence,
    text: toCapital(sentence.text),
    ...(first && { words: [{ ...first, text: toCapital(first.text) }, ...others] }),
  }
}
