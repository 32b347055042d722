import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from './testing/random.ts'
import { containers, readClip, spoken } from './testing/speech-clips.ts'
import { pcm16, tone, wavFile } from './testing/wav-file.ts'
import { toWords, wordErrorRate } from './testing/word-error-rate.ts'
import { UnsupportedAudioError } from './transcriber-error.ts'
import type { Transcript } from './transcriber.ts'
import { WorkerTranscriber } from './worker/worker-transcriber.ts'

/** Tests speech recognition as delivered: in a worker thread, from files. */
let transcriber: WorkerTranscriber

beforeAll(async () => {
  transcriber = new WorkerTranscriber()
  await transcriber.load()
})

afterAll(() => transcriber.close())

const transcribe = (bytes: Uint8Array, words = true) => transcriber.transcribe({ bytes }, { words })
const transcribeClip = async (name: string) => transcribe(await readClip(name))

describe('transcription of speech', () => {
  test('gets at most 5 % of the words wrong', async () => {
    const transcripts: string[] = []
    for (const name of Object.keys(spoken)) transcripts.push((await transcribeClip(`${name}.wav`)).text)
    expect(wordErrorRate(Object.values(spoken).join(' '), transcripts.join(' '))).toBeLessThanOrEqual(0.05)
  })

  test.for(containers)('gets at most 5 % of the words wrong in %s', async (extension) => {
    const { text, language } = await transcribeClip(`austen-0930.${extension}`)
    expect(wordErrorRate(spoken['austen-0930'], text)).toBeLessThanOrEqual(0.05)
    expect(language).toBe('en')
  })

  test('continues after a long pause', async () => {
    const clip = Buffer.from(await readClip('austen-0930.wav')).subarray(44)
    const { text, segments } = await transcribe(wavFile({ data: Buffer.concat([clip, Buffer.alloc(64_000), clip]) }))
    expect(wordErrorRate(`${spoken['austen-0930']} ${spoken['austen-0930']}`, text)).toBeLessThanOrEqual(0.05)
    expect(segments.at(-1)?.start).toBeGreaterThan(5)
  })

  test('omits words that were not requested', async () => {
    const { segments } = await transcribe(await readClip('austen-0930.wav'), false)
    expect(segments).not.toHaveLength(0)
    expect(segments.every((segment) => !('words' in segment))).toBe(true)
  })
})

const wordsOf = ({ segments }: Transcript) => segments.flatMap(({ words = [] }) => words)

describe('times', () => {
  test.for(Object.keys(spoken))(
    'of %s are in order and within the recording, and their words are the text',
    async (name) => {
      const transcript = await transcribeClip(`${name}.wav`)
      const { text, duration, segments } = transcript
      const words = wordsOf(transcript)
      expect(words.length).toBeGreaterThanOrEqual(segments.length)
      expect(words.length).toBeGreaterThan(5)
      for (const timed of [words, segments]) {
        expect(toWords(timed.map((item) => item.text).join(' '))).toEqual(toWords(text))
        for (const [index, { start, end }] of timed.entries()) {
          expect(start).toBeGreaterThanOrEqual(timed[index - 1]?.end ?? 0)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(duration)
        }
      }
    },
  )

  test('word times are independent of the preceding audio', async () => {
    const clip = Buffer.from(await readClip('austen-0930.wav')).subarray(44)
    const delay = 5
    const alone = wordsOf(await transcribe(wavFile({ data: clip })))
    const delayed = wordsOf(await transcribe(wavFile({ data: Buffer.concat([Buffer.alloc(delay * 32_000), clip]) })))
    expect(delayed).toHaveLength(alone.length)
    for (const [index, word] of alone.entries()) {
      expect(Math.abs((delayed[index]?.start ?? NaN) - delay - word.start)).toBeLessThan(0.2)
    }
  })
})

describe('transcription of what is no speech', () => {
  const random = createRandom(3)
  test.for([
    { what: 'silence', samples: new Float32Array(80_000) },
    { what: 'white noise', samples: Float32Array.from({ length: 80_000 }, () => random() * 0.4 - 0.2) },
    { what: 'a tone of 440 Hz', samples: tone(440, 16_000, 5) },
    { what: 'a click of a tenth of a second', samples: tone(1000, 16_000, 0.1) },
    { what: 'one sample', samples: Float32Array.of(0.5) },
  ])('finds no speech in $what', async ({ samples }) => {
    expect(await transcribe(wavFile({ data: pcm16(samples) }))).toEqual({
      text: '',
      duration: samples.length / 16_000,
      language: 'en',
      segments: [],
    })
  })

  test('rejects other files, and transcribes the next recording', async () => {
    await expect(transcribe(Buffer.from('not audio'))).rejects.toThrow(UnsupportedAudioError)
    expect((await transcribeClip('austen-0930.wav')).text).not.toBe('')
  })
})

describe('concurrent transcription', () => {
  test('returns each of eight callers its own transcript, and keeps this thread responsive', async () => {
    const names = Array.from({ length: 8 }, (_, index) => Object.keys(spoken)[index % 3] as keyof typeof spoken)
    let ticks = 0
    const ticking = setInterval(() => ticks++, 20)
    const transcripts = await Promise.all(names.map((name) => transcribeClip(`${name}.wav`)))
    clearInterval(ticking)
    for (const [index, { text }] of transcripts.entries()) {
      const rates = Object.entries(spoken).map(([name, reference]) => ({ name, rate: wordErrorRate(reference, text) }))
      expect(rates.toSorted((a, b) => a.rate - b.rate)[0]?.name).toBe(names[index])
    }
    expect(ticks).toBeGreaterThan(20)
  })

  test('stops in the middle of a canceled recording', async () => {
    const controller = new AbortController()
    const clip = Buffer.from(await readClip('austen-0890.wav')).subarray(44)
    const bytes = wavFile({ data: Buffer.concat(Array.from({ length: 100 }, () => clip)) })
    const onPiece = () => controller.abort(new Error('Enough.'))
    const options = { words: true, signal: controller.signal, onPiece }
    await expect(transcriber.transcribe({ bytes }, options)).rejects.toThrow('Enough.')
    expect((await transcribeClip('austen-0930.wav')).text).not.toBe('')
  })
})
