import type { Word } from '../../transcriber.ts'
import type { Voice } from '../detection/find-speech.ts'

/** Windows with a lower probability of speech are no part of a word. */
const minProbability = 0.35
/** Windows by which the probability rises too late: first sounds are often unvoiced. */
const delay = 2

/**
 * Moves the edges of a word inward to windows with speech. The alignment gives every frame to some
 * word, so a word beside a pause would contain the pause.
 */
export function trimWord(word: Word, { start, window, probabilities }: Voice): Word {
  const first = Math.max(0, Math.floor((word.start - start) / window))
  const voiced = probabilities.subarray(first, Math.ceil((word.end - start) / window))
  const from = voiced.findIndex((probability) => probability >= minProbability)
  if (from === -1) return word
  const to = voiced.findLastIndex((probability) => probability >= minProbability)
  const toTime = (index: number) => start + (first + index) * window
  return { ...word, start: Math.max(word.start, toTime(from - delay)), end: Math.min(word.end, toTime(to + 1)) }
}
