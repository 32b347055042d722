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
  return groupWords(toWords(chunks, lineLength), lineLength).map((words, index, all) => {
    const lines = layOut(words, lineLength) ?? [joinWords(words)]
    const start = words[0]?.start ?? 0
    const end = words.at(-1)?.end ?? start
    // Fast speech stays on the screen long enough to be read.
    const readableEnd = Math.max(end, start + shortest, start + estimateReadingMs(lines.join(' ')))
    return { lines, start, end: Math.min(readableEnd, start + longest, all[index + 1]?.[0]?.start ?? Infinity) }
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
  const line = joinWords(words)
  if (measureWidth([line]) <= lineLength) return [line]
  const [best] = words
    .map((_, index) => [joinWords(words.slice(0, index)), joinWords(words.slice(index))])
    .toSorted((a, b) => measureWidth(a) - measureWidth(b))
  return best && measureWidth(best) <= lineLength ? best : undefined
}

function measureWidth(lines: readonly string[]): number {
  return Math.max(...lines.map((line) => Array.from(line).length))
}
