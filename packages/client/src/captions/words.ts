import type { components } from '@livepeer-ai/openapi'

type Chunk = components['schemas']['Chunk']

/** A word, or a line-sized piece of a longer one, with its time in milliseconds. */
export interface Word {
  text: string
  start: number
  end: number
  /** True if a space precedes it. */
  isSpaced: boolean
  /** True if a sentence of the transcript begins with it. */
  isBeginning: boolean
}

/**
 * Splits all chunks into words with increasing start times. Words share the time of their chunk by
 * length. A chunk without an end lasts until the next one, or for its reading time.
 */
export function toWords(chunks: readonly Chunk[], lineLength: number): Word[] {
  // Whisper's words begin with a space where one belongs. If no chunk does, the script decides.
  const areSpacesGiven = chunks.some(({ text }) => /^\s/.test(text))
  let previous = -1
  return chunks.flatMap(({ text, timestamp }, index) => {
    const tokens = text
      .split(/\s+/)
      .filter(Boolean)
      .flatMap((token) => splitToken(token, lineLength))
    const length = tokens.reduce((sum, token) => sum + token.text.length, 0)
    const start = toMilliseconds(timestamp[0]) ?? previous + 1
    const end =
      toMilliseconds(timestamp[1]) ?? toMilliseconds(chunks[index + 1]?.timestamp[0]) ?? start + estimateReadingMs(text)
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

export function joinWords(words: readonly Word[]): string {
  return words
    .map(({ text, isSpaced }) => (isSpaced ? ` ${text}` : text))
    .join('')
    .trim()
}

/** Assumes 17 characters per second, as guidelines for captions do. */
export function estimateReadingMs(text: string): number {
  return (text.length / 17) * 1000
}

/** Scripts without spaces between words. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

function splitToken(token: string, lineLength: number): { text: string; isWhole: boolean }[] {
  const characters = Array.from(token)
  const count = Math.ceil(characters.length / lineLength)
  return Array.from({ length: count }, (_, index) => ({
    text: characters.slice(index * lineLength, (index + 1) * lineLength).join(''),
    isWhole: index === 0,
  }))
}

function toMilliseconds(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0
    ? Math.round(seconds * 1000)
    : undefined
}
