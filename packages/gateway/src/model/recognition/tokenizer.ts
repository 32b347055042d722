import llamaTokenizer from 'llama-tokenizer-js'

/** A word with the range of its tokens. */
export interface TokenizedWord {
  text: string
  first: number
  last: number
}

/** The mark of a token that begins a word. */
const wordMark = '▁'
/** Unknown, begin and end of text. Moonshine's own special tokens come after the vocabulary. */
const controlTokens = 3

/** Joins tokens of Llama's vocabulary, which Moonshine uses, to words with their punctuation. */
export function toWords(tokens: number[]): TokenizedWord[] {
  const groups: { first: number; tokens: number[] }[] = []
  for (const [index, token] of tokens.entries()) {
    const piece = llamaTokenizer.vocabById[token]
    if (piece === undefined || token < controlTokens) continue
    const group = groups.at(-1)
    if (!group || piece.startsWith(wordMark)) groups.push({ first: index, tokens: [token] })
    else group.tokens.push(token)
  }
  return groups
    .map((group) => ({
      text: llamaTokenizer.decode(group.tokens, false, false).trim(),
      first: group.first,
      last: group.first + group.tokens.length - 1,
    }))
    .filter(({ text }) => text !== '')
}
