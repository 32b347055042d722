import { WorkerTranscriber, type Transcript } from '@livepeer-ai/gateway'
import { createRandom } from '../../../packages/gateway/src/testing/random.ts'
import { readClip, spoken } from '../../../packages/gateway/src/testing/speech-clips.ts'
import { pcm16, tone, wavFile } from '../../../packages/gateway/src/testing/wav-file.ts'
import { toWords, wordErrorRate } from '../../../packages/gateway/src/testing/word-error-rate.ts'
import { writeGoals, type Goals } from '../report/write-goals.ts'
import {
  atLevel,
  concat,
  inRoom,
  overTelephone,
  pinkNoise,
  rate,
  withNoise,
  withPauses,
  type Clip,
  type Copy,
} from './degrade.ts'

/**
 * Measures how many words are wrong in degraded copies of the clips, and how far the starts of
 * words are off: `npm run bench -- hearing`.
 */

/** Words that begin after a short closure, so that a pause fits in front of them. */
const boundaries: Record<string, Clip['words']> = {
  'austen-0880': [{ at: 1.06, text: 'an' }],
  'austen-0890': [
    { at: 1.3, text: 'cold' },
    { at: 2.17, text: 'and' },
    { at: 3.86, text: 'to' },
  ],
  'austen-0930': [{ at: 1.09, text: 'been' }],
}

const clips = await Promise.all(
  Object.keys(spoken).map(async (name): Promise<Clip & { text: string }> => {
    const wav = Buffer.from((await readClip(`${name}.wav`)).subarray(44))
    const samples = Float32Array.from({ length: wav.length >> 1 }, (_, index) => wav.readInt16LE(2 * index) / 32_768)
    return { name, samples, words: boundaries[name] ?? [], text: spoken[name as keyof typeof spoken] }
  }),
)
const babble = concat(clips.map(({ samples }) => samples.toReversed()))

interface Group {
  /** Words wrong in percent; without a goal, the group is only reported. */
  atMost?: number
  copies: (clip: Clip) => Copy[]
}

const plain = (...copies: Float32Array[]): Copy[] => copies.map((samples) => ({ samples, starts: [] }))
const seeds = [1, 2, 3]
const groups: Record<string, Group> = {
  clean: { atMost: 4, copies: ({ samples }) => plain(samples) },
  pauses: { atMost: 8, copies: (clip) => [0.6, 0.9, 1.2, 1.5, 1.8].map((length) => withPauses(clip, length)) },
  quiet: { atMost: 5, copies: ({ samples }) => plain(...[-30, -35, -40].map((level) => atLevel(samples, level))) },
  telephone: { copies: ({ samples }) => plain(overTelephone(samples), overTelephone(atLevel(samples, -12))) },
  noise: {
    copies: ({ samples }) =>
      plain(
        ...seeds.map((seed) => withNoise(samples, pinkNoise(samples.length, seed), 10)),
        withNoise(samples, babble, 10),
      ),
  },
  reverberation: { copies: ({ samples }) => plain(...seeds.map((seed) => inRoom(samples, 0.5, seed))) },
}

const transcriber = new WorkerTranscriber({ threads: 1 })
await transcriber.load()
const transcribe = (samples: Float32Array) =>
  transcriber.transcribe({ bytes: wavFile({ data: pcm16(samples) }) }, { words: true })

const goals: Goals = []
const table: Record<string, object> = {}
const offsets: number[] = []
const before = process.cpuUsage()
let duration = 0
for (const [name, { atMost, copies }] of Object.entries(groups)) {
  const [references, texts]: [string[], string[]] = [[], []]
  for (const clip of clips) {
    for (const { samples, starts } of copies(clip)) {
      const transcript = await transcribe(samples)
      duration += transcript.duration
      references.push(clip.text)
      texts.push(transcript.text)
      offsets.push(...starts.flatMap((start) => offsetOf(start, transcript)))
    }
  }
  const wrong = 100 * wordErrorRate(references.join(' '), texts.join(' '))
  table[name] = { 'words wrong, %': wrong, words: references.join(' ').split(' ').length }
  if (atMost !== undefined) goals.push([`words wrong, ${name}, %`, wrong, atMost])
}
const { user, system } = process.cpuUsage(before)
const sorted = offsets.toSorted((a, b) => a - b)
const quantile = (share: number) => 1000 * (sorted[Math.floor(share * sorted.length)] ?? NaN)
const random = createRandom(5)
const withoutSpeech = [
  pinkNoise(120 * rate, 9),
  Float32Array.from({ length: 120 * rate }, () => random() * 0.02 - 0.01),
  concat([262, 330, 392, 523].flatMap((pitch) => [tone(pitch, rate, 10, 0.3), tone(pitch * 1.5, rate, 10, 0.3)])),
  new Float32Array(60 * rate),
]
const heard: string[] = []
for (const samples of withoutSpeech) heard.push(...toWords((await transcribe(samples)).text))
await transcriber.close()

console.table(table)
goals.push(
  ['word starts after pauses, median, ms', quantile(0.5), 40],
  ['word starts after pauses, 90 %, ms', quantile(0.9), 280],
  ['words heard where there are none', heard.length, 0],
  ['CPU seconds for a second of audio', (user + system) / 1e6 / duration, 0.09],
)
await writeGoals('hearing', goals, { groups: table })

/** Returns how far the start of the word is off, if it was heard. */
function offsetOf({ at, text }: { at: number; text: string }, { segments }: Transcript): number[] {
  const near = segments
    .flatMap(({ words = [] }) => words)
    .filter((word) => toWords(word.text)[0] === text)
    .map(({ start }) => Math.abs(start - at))
  return near.length ? [Math.min(...near)] : []
}
