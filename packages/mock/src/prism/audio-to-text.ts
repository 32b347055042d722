import { createHash, randomInt } from 'node:crypto'
import type { components } from '@livepeer-ai/openapi'
import type { FileNotes } from '../calls/noted-form.ts'

type TextResponse = components['schemas']['TextResponse']

interface TimedText {
  timestamp: [start: number, end: number]
  text: string
}

/** The operation whose dynamic responses resemble speech. Others come from their schemas alone. */
export const transcriptOperation = 'genAudioToText'

/** Length in seconds of a recording whose header does not state it. */
const defaultSeconds = 6
const wordsPerSecond = 2.4
const maxWords = 5_000

const words = (
  'about after again around because before between could every first found great house kept large later little ' +
  'long might more morning most never often only other people place quiet rather right river road said same seemed ' +
  'several should small some still summer table their there these they thing think thought three through time took ' +
  'town under until water were what when where which while window with without words would years young'
).split(' ')

/**
 * Returns a transcript that fits the length of the recording. Its words have the pace of speech;
 * its times follow `return_timestamps` and are ordered. The same seed and recording give the same
 * result.
 */
export function inventTranscript(
  fields: Record<string, string>,
  files: readonly { value: FileNotes }[],
  seed?: string,
): TextResponse {
  const seconds = files[0]?.value.seconds ?? defaultSeconds
  const random = createRandom(seed ?? String(randomInt(2 ** 31)))
  const sentences = addTimes(
    inventSentences(Math.min(maxWords, Math.round(seconds * wordsPerSecond)), random),
    seconds,
    random,
  )
  const chunks = { word: sentences.flat(), false: [] }[fields['return_timestamps'] ?? ''] ?? sentences.map(join)
  return {
    text: sentences
      .flat()
      .map(({ text }) => text)
      .join(' '),
    chunks,
  }
}

/** Returns sentences of four to ten words. */
function inventSentences(count: number, random: () => number): string[][] {
  const sentences: string[][] = []
  for (let left = count; left > 0;) {
    const length = left < 8 ? left : 4 + Math.floor(random() * 7)
    const text = Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ')
    sentences.push(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`.split(' '))
    left -= length
  }
  return sentences
}

/** Gives each word a time that depends on its length. A pause follows each sentence. */
function addTimes(sentences: string[][], seconds: number, random: () => number): TimedText[][] {
  const weighted = sentences.map((sentence) => ({
    sentence: sentence.map((text) => ({ text, weight: text.length + 3 * random() })),
    pause: 2 + 4 * random(),
  }))
  const total = weighted.reduce(
    (sum, { sentence, pause }) => sum + pause + sentence.reduce((inner, { weight }) => inner + weight, 0),
    0,
  )
  let passed = 0
  // Hundredths of a second, rounded down, so that no time is after the end of the recording.
  const now = () => Math.floor((passed / total) * seconds * 100) / 100
  return weighted.map(({ sentence, pause }) => {
    const result = sentence.map(({ text, weight }): TimedText => {
      const start = now()
      passed += weight
      return { timestamp: [start, now()], text }
    })
    passed += pause
    return result
  })
}

/** Joins the words of a sentence into one chunk. */
function join(sentence: TimedText[]): TimedText {
  const times = sentence.flatMap(({ timestamp }) => timestamp)
  return { timestamp: [Math.min(...times), Math.max(...times)], text: sentence.map(({ text }) => text).join(' ') }
}

/** Returns a generator of numbers from 0 to 1 that depend only on the seed (mulberry32). */
function createRandom(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE()
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
