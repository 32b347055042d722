import { createHash, randomInt } from 'node:crypto'
import type { components } from '@livepeer-ai/openapi'
import type { FileNotes } from '../calls/request-facts.ts'

type Transcript = components['schemas']['TextResponse']
type Timed = Transcript['chunks'][number]

/** The operation whose dynamic answers sound like speech; those of all others come from their schemas alone. */
export const transcriptOperation = 'genAudioToText'

/** Of a recording whose header does not tell, in seconds. */
const usualSeconds = 6
const wordsPerSecond = 2.4
const maxWords = 5_000

const words = (
  'about after again around because before between could every first found great house kept large later little ' +
  'long might more morning most never often only other people place quiet rather right river road said same seemed ' +
  'several should small some still summer table their there these they thing think thought three through time took ' +
  'town under until water were what when where which while window with without words would years young'
).split(' ')

/**
 * What somebody might have said in a recording of that length: words at a speaker's pace, timed as `return_timestamps` asks, in order and
 * inside the recording. The same seed and the same recording give the same.
 */
export function plausibleTranscript(
  fields: Record<string, string>,
  files: readonly { value: FileNotes }[],
  seed?: string,
): Transcript {
  const seconds = files[0]?.value.seconds ?? usualSeconds
  const random = generator(seed ?? String(randomInt(2 ** 31)))
  const sentences = timed(speak(Math.min(maxWords, Math.round(seconds * wordsPerSecond)), random), seconds, random)
  const chunks = { word: sentences.flat(), false: [] }[fields['return_timestamps'] ?? ''] ?? sentences.map(joined)
  return {
    text: sentences
      .flat()
      .map(({ text }) => text)
      .join(' '),
    chunks,
  }
}

/** Sentences of four to ten words. */
function speak(count: number, random: () => number): string[][] {
  const sentences: string[][] = []
  for (let left = count; left > 0;) {
    const length = left < 8 ? left : 4 + Math.floor(random() * 7)
    const sentence = Array.from({ length }, () => words[Math.floor(random() * words.length)]!)
    sentence[0] = sentence[0]![0]!.toUpperCase() + sentence[0]!.slice(1)
    sentence[length - 1] += '.'
    sentences.push(sentence)
    left -= length
  }
  return sentences
}

/** A word takes as long as it is, more or less; a pause follows each sentence. */
function timed(sentences: string[][], seconds: number, random: () => number): Timed[][] {
  const weighted = sentences.map((sentence) => ({
    sentence: sentence.map((text) => ({ text, weight: text.length + 3 * random() })),
    pause: 2 + 4 * random(),
  }))
  const total = weighted.reduce(
    (sum, { sentence, pause }) => sum + pause + sentence.reduce((inner, { weight }) => inner + weight, 0),
    0,
  )
  let passed = 0
  // Hundredths of a second, cut off: the last end is not after that of the recording.
  const now = () => Math.floor((passed / total) * seconds * 100) / 100
  return weighted.map(({ sentence, pause }) => {
    const result = sentence.map(({ text, weight }): Timed => {
      const start = now()
      passed += weight
      return { timestamp: [start, now()], text }
    })
    passed += pause
    return result
  })
}

function joined(sentence: Timed[]): Timed {
  const times = [sentence[0]!, sentence.at(-1)!].map(({ timestamp }, index) => timestamp[index])
  return { timestamp: times, text: sentence.map(({ text }) => text).join(' ') }
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function generator(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE()
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
