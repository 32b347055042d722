import type { components } from '@livepeer-ai/openapi'

type Chunk = components['schemas']['Chunk']

/** A word, or as much of an overlong one as goes into a line, with its time in milliseconds. */
export interface Word {
  text: string
  start: number
  end: number
  /** Whether a space stands before it. */
  isSpaced: boolean
  /** Whether a sentence of the transcript begins with it. */
  isBeginning: boolean
}

/**
 * The words of all chunks, each one starting after the one before. The words of a sentence share its time by their
 * lengths. A chunk without an end lasts until the next one, or as long as it takes to read it.
 */
export function toWords(chunks: readonly Chunk[], lineLength: number): Word[] {
  // Whisper's words begin with a space where one belongs. Where no chunk does, spaces go where the script has them.
  const areSpacesGiven = chunks.some(({ text }) => /^\s/.test(text))
  let previous = -1
  return chunks.flatMap(({ text, timestamp }, index) => {
    const tokens = text
      .split(/\s+/)
      .filter(Boolean)
      .flatMap((token) => pieces(token, lineLength))
    const length = tokens.reduce((sum, token) => sum + token.text.length, 0)
    const start = milliseconds(timestamp[0]) ?? previous + 1
    const end = milliseconds(timestamp[1]) ?? milliseconds(chunks[index + 1]?.timestamp[0]) ?? start + readingMs(text)
    let read = 0
    return tokens.map((token, at): Word => {
      const from = start + ((end - start) * read) / length
      read += token.text.length
      const to = start + ((end - start) * read) / length
      previous = Math.max(previous + 1, Math.round(from))
      return {
        text: token.text,
        start: previous,
        end: Math.max(previous, Math.round(to)),
        isSpaced: token.isWhole && (at > 0 || (areSpacesGiven ? /^\s/.test(text) : !unspaced.test(token.text))),
        isBeginning: at === 0 && tokens.length > 1,
      }
    })
  })
}

export function join(words: readonly Word[]): string {
  return words
    .map(({ text, isSpaced }) => (isSpaced ? ` ${text}` : text))
    .join('')
    .trim()
}

/** At the 17 characters a second that guides for captions allow. */
export function readingMs(text: string): number {
  return (text.length / 17) * 1000
}

/** Scripts that are written without spaces. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

function pieces(token: string, lineLength: number): { text: string; isWhole: boolean }[] {
  const characters = Array.from(token)
  const count = Math.ceil(characters.length / lineLength)
  return Array.from({ length: count }, (_, index) => ({
    text: characters.slice(index * lineLength, (index + 1) * lineLength).join(''),
    isWhole: index === 0,
  }))
}

function milliseconds(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0
    ? Math.round(seconds * 1000)
    : undefined
}
