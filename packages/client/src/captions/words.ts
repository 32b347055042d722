import type { components } from '@livepeer-ai/openapi'

type Chunk = components['schemas']['Chunk']

/** A word, or a line-sized piece of a longer one, with its time in milliseconds. */
export interface Word {
  text: string
  /** Number of graphemes. */
  width: number
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
  const starts = boundTimes(chunks.map(({ timestamp }) => toMilliseconds(timestamp[0])))
  let previous = -1
  return chunks.flatMap(({ text, timestamp }, index) => {
    const tokens = text
      .split(/\s+/)
      .filter(Boolean)
      .flatMap((token) => splitToken(token, lineLength))
    const length = tokens.reduce((sum, token) => sum + token.text.length, 0)
    const start = starts[index] ?? previous + 1
    const next = starts.slice(index + 1).find((time) => time !== undefined)
    const given = toMilliseconds(timestamp[1]) ?? next ?? start + estimateReadingMs(text)
    // An end before the start, or far beyond the next start, is a mistake.
    const end = given < start || given > (next ?? Infinity) + longestOverlap ? Math.max(start, next ?? start) : given
    let read = 0
    return tokens.map((token, at): Word => {
      const from = start + ((end - start) * read) / length
      read += token.text.length
      const to = start + ((end - start) * read) / length
      previous = Math.max(previous + 1, Math.round(from))
      return {
        text: token.text,
        width: countGraphemes(token.text),
        start: previous,
        end: Math.max(previous, Math.round(to)),
        isSpaced: token.isWhole && (at > 0 || (areSpacesGiven ? /^\s/.test(text) : !unspaced.test(token.text))),
        isBeginning: at === 0 && tokens.length > 1,
      }
    })
  })
}

/** Milliseconds by which a chunk may last longer than the start of the next one. */
const longestOverlap = 10_000

/**
 * Returns the times of the longest run that never decreases, and undefined for the others: one time
 * far ahead, or times that begin again, must not move all that follows.
 */
function boundTimes(times: readonly (number | undefined)[]): (number | undefined)[] {
  /** The last index of the best run of each length, and the index before each index in its run. */
  const ends: number[] = []
  const before = new Map<number, number | undefined>()
  for (const [index, time] of times.entries()) {
    if (time === undefined) continue
    const later = ends.findIndex((end) => (times[end] ?? 0) > time)
    const length = later < 0 ? ends.length : later
    before.set(index, ends[length - 1])
    ends[length] = index
  }
  const kept = new Set<number>()
  for (let index = ends.at(-1); index !== undefined; index = before.get(index)) kept.add(index)
  return times.map((time, index) => (kept.has(index) ? time : undefined))
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
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

type Granularity = 'grapheme' | 'word'
/** Creating a segmenter takes longer than using it. */
const segmenters = new Map<Granularity, Intl.Segmenter>()

/** Splits text by graphemes or words, by code points in a runtime without `Intl.Segmenter`. */
function splitText(text: string, granularity: Granularity): string[] {
  if (!('Segmenter' in Intl)) return Array.from(text)
  const segmenter = segmenters.get(granularity) ?? new Intl.Segmenter(undefined, { granularity })
  segmenters.set(granularity, segmenter)
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** Returns the number of graphemes in a text. */
function countGraphemes(text: string): number {
  // Most text has one code unit for each grapheme.
  return /^[\x20-\x7e]*$/.test(text) ? text.length : splitText(text, 'grapheme').length
}

/** Splits a word that is longer than a line, and the words of a script without spaces. */
function splitToken(token: string, lineLength: number): { text: string; isWhole: boolean }[] {
  const words = unspaced.test(token) ? splitText(token, 'word') : [token]
  // Punctuation stays at the word before it.
  const joined = words.reduce<string[]>((all, word) => {
    if (all.length > 0 && /^\p{P}/u.test(word)) all.push((all.pop() ?? '') + word)
    else all.push(word)
    return all
  }, [])
  const pieces = joined.flatMap((word) => {
    const graphemes = splitText(word, 'grapheme')
    const count = Math.ceil(graphemes.length / lineLength)
    return Array.from({ length: count }, (_, at) => graphemes.slice(at * lineLength, (at + 1) * lineLength).join(''))
  })
  return pieces.map((text, index) => ({ text, isWhole: index === 0 }))
}

function toMilliseconds(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0
    ? Math.round(seconds * 1000)
    : undefined
}
