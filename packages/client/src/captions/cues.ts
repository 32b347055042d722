import type { components } from '@livepeer-ai/openapi'
import { joinWords, estimateReadingMs, toWords, type Word } from './words.ts'

/** The part of a transcript that captions need, by sentence or by word. */
export type TimedText = Pick<components['schemas']['TextResponse'], 'text' | 'chunks'>

export interface CaptionOptions {
  /** Maximum number of characters per line; a cue has at most two lines. Default: 42. */
  lineLength?: number
}

/** One caption with times in milliseconds and one or two lines. */
export interface Cue {
  start: number
  end: number
  lines: string[]
}

/** Duration of a cue in milliseconds, as guidelines for captions recommend. */
const shortest = 1000
const longest = 7000
/** A pause of this length in milliseconds starts a new cue. */
const pause = 1500
const sentenceEnd = /[.?!…。？！]["'”’»)]*$/

/** Splits a transcript into consecutive cues without overlap. */
export function toCues({ text, chunks }: TimedText, { lineLength = 42 }: CaptionOptions = {}): Cue[] {
  if (text.trim() && chunks.length === 0)
    throw new TypeError('The transcript has no chunks, which captions need: request them with returnTimestamps')
  let free = 0
  return groupWords(toWords(chunks, lineLength), lineLength).map((words, index, all) => {
    const lines = layOut(words, lineLength) ?? [joinWords(words)]
    // Times that are too close together move later, so that each cue can be read.
    const start = Math.max(free, words[0]?.start ?? 0)
    const end = Math.max(words.at(-1)?.end ?? start, start + estimateReadingMs(lines.join(' ')))
    const next = Math.max(all[index + 1]?.[0]?.start ?? Infinity, start + shortest)
    free = Math.min(Math.max(end, start + shortest), start + longest, next)
    return { lines, start, end: free }
  })
}

/** Groups words until the lines are full, the time is up, a sentence ends or the speaker pauses. */
function groupWords(words: readonly Word[], lineLength: number): Word[][] {
  const all: Word[][] = []
  for (const word of words) {
    const group = all.at(-1)
    if (group && continuesCue(group, word) && layOut([...group, word], lineLength)) group.push(word)
    else all.push([word])
  }
  return all
}

function continuesCue(group: readonly Word[], next: Word): boolean {
  const [first = next] = group
  const last = group.at(-1) ?? next
  const isLongEnough = next.start - first.start >= shortest
  const isEnd = next.isBeginning || sentenceEnd.test(last.text)
  return !(isLongEnough && isEnd) && next.start - last.end < pause && next.end - first.start <= longest
}

/** Returns the words in one line or in two balanced lines, or undefined if they do not fit. */
function layOut(words: readonly Word[], lineLength: number): string[] | undefined {
  const all = measureWidth(words)
  if (all <= lineLength) return [joinWords(words)]
  let best = { width: Infinity, at: 0 }
  let left = 0
  for (const [index, word] of words.entries()) {
    const right = all - left - (word.isSpaced && index > 0 ? 1 : 0)
    const width = Math.max(left, right)
    if (width < best.width) best = { width, at: index }
    left += widthOf(word, index)
  }
  return best.width <= lineLength ? [joinWords(words.slice(0, best.at)), joinWords(words.slice(best.at))] : undefined
}

const widthOf = ({ width, isSpaced }: Word, index: number): number => width + (isSpaced && index > 0 ? 1 : 0)

/** Returns the number of graphemes of words in one line. */
const measureWidth = (words: readonly Word[]): number =>
  words.reduce((sum, word, index) => sum + widthOf(word, index), 0)
