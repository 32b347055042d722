import type { components } from '@livepeer-ai/openapi'
import { join, readingMs, toWords, type Word } from './words.ts'

/** What captions are made of: a transcript by sentence or by word. */
export type TimedText = Pick<components['schemas']['TextResponse'], 'text' | 'chunks'>

export interface CaptionOptions {
  /** Characters in a line, of which a cue has two at most. Default: 42. */
  lineLength?: number
}

/** One caption: times in milliseconds, and one or two lines. */
export interface Cue {
  start: number
  end: number
  lines: string[]
}

/** What guides for captions agree on, in milliseconds. */
const shortest = 1000
const longest = 7000
/** A pause from which on the next words are a new cue, in milliseconds. */
const pause = 1500
const sentenceEnd = /[.?!…。？！]["'”’»)]*$/

/** The transcript in cues that follow each other without overlap. */
export function toCues({ text, chunks }: TimedText, { lineLength = 42 }: CaptionOptions = {}): Cue[] {
  if (text.trim() && chunks.length === 0)
    throw new TypeError('The transcript has no chunks to time captions by: ask for them with returnTimestamps')
  return groups(toWords(chunks, lineLength), lineLength).map((words, index, all) => {
    const lines = lay(words, lineLength) ?? [join(words)]
    const start = words[0]?.start ?? 0
    const end = words.at(-1)?.end ?? start
    // Long enough to be read, even when it was said faster.
    const readableEnd = Math.max(end, start + shortest, start + readingMs(lines.join(' ')))
    return { lines, start, end: Math.min(readableEnd, start + longest, all[index + 1]?.[0]?.start ?? Infinity) }
  })
}

/** Puts words together until the lines are full, the time is up, a sentence ends or the speaker pauses. */
function groups(words: readonly Word[], lineLength: number): Word[][] {
  const all: Word[][] = []
  for (const word of words) {
    const group = all.at(-1)
    if (group && goesOn(group, word) && lay([...group, word], lineLength)) group.push(word)
    else all.push([word])
  }
  return all
}

function goesOn(group: readonly Word[], next: Word): boolean {
  const [first = next] = group
  const last = group.at(-1) ?? next
  const isLongEnough = next.start - first.start >= shortest
  const isEnd = next.isBeginning || sentenceEnd.test(last.text)
  return !(isLongEnough && isEnd) && next.start - last.end < pause && next.end - first.start <= longest
}

/** The words in one line, or in two as even as possible; undefined when they do not fit. */
function lay(words: readonly Word[], lineLength: number): string[] | undefined {
  const line = join(words)
  if (width([line]) <= lineLength) return [line]
  const [best] = words
    .map((_, index) => [join(words.slice(0, index)), join(words.slice(index))])
    .toSorted((a, b) => width(a) - width(b))
  return best && width(best) <= lineLength ? best : undefined
}

function width(lines: readonly string[]): number {
  return Math.max(...lines.map((line) => Array.from(line).length))
}
