import type { Word } from '../../transcriber.ts'
import type { Voice } from '../detection/find-speech.ts'

/** Windows with a lower probability of speech are no part of a word. */
const minProbability = 0.35
/** Windows by which the probability rises too late: first sounds are often unvoiced. */
const delay = 2
/** Windows without speech that separate words instead of sounds. */
const minPause = 8
/** Windows of speech that are too few for a word: the end of the word before. */
const maxRest = 3

/** Windows with speech: the first one, and the one after the last. */
interface Run {
  from: number
  to: number
}

/**
 * Moves the edges of a word inward to windows with speech. The alignment gives every frame to some
 * word, so a word beside a pause would contain the pause.
 */
export function trimWord(word: Word, { start, window, probabilities }: Voice): Word {
  const first = Math.max(0, Math.floor((word.start - start) / window))
  const length = Math.ceil((word.end - start) / window) - first
  const runs = findRuns(probabilities.subarray(first, first + length))
  const [longest] = runs.toSorted((a, b) => b.to - b.from - (a.to - a.from))
  if (!longest) return word
  const toTime = (index: number) => start + (first + index) * window
  // The speech behind the pause has begun when the next word begins.
  const isRest = longest.to <= maxRest && length - longest.to >= minPause
  if (isRest) return { ...word, start: Math.max(word.start, word.end - 2 * delay * window) }
  return {
    ...word,
    start: Math.max(word.start, toTime(longest.from - delay)),
    end: Math.min(word.end, toTime(longest.to)),
  }
}

function findRuns(probabilities: Float32Array): Run[] {
  const runs: Run[] = []
  for (const [index, probability] of probabilities.entries()) {
    if (probability < minProbability) continue
    const last = runs.at(-1)
    if (last && index - last.to < minPause) last.to = index + 1
    else runs.push({ from: index, to: index + 1 })
  }
  return runs
}
