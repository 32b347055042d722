import { expect, test } from 'vitest'
import { pcm16, tone, wavFile } from '../../testing/wav-file.ts'
import { UnsupportedAudioError } from '../../transcriber-error.ts'
import { findSpeech, type Piece } from './find-speech.ts'
import { windowSize } from './voice-activity.ts'

const second = 16_000

/** Hears speech in each window with any sound. */
const soundActivity = {
  async *detect(pieces: Iterable<Float32Array> | AsyncIterable<Float32Array>) {
    const samples: number[] = []
    for await (const piece of pieces) {
      for (const sample of piece) samples.push(sample)
      while (samples.length >= windowSize) yield samples.splice(0, windowSize).some((sample) => sample !== 0) ? 1 : 0
    }
  },
}

async function find(samples: Float32Array): Promise<{ pieces: Piece[]; duration: number }> {
  const options = { maxDuration: 3600, ffmpeg: 'ffmpeg' }
  const found = findSpeech(wavFile({ data: pcm16(samples) }), soundActivity, options)
  const pieces: Piece[] = []
  for (;;) {
    const { value, done } = await found.next()
    if (done) return { pieces, duration: value }
    pieces.push(value)
  }
}

/** Returns a signal that is silent except for these stretches of a tone, in seconds. */
function sounding(duration: number, ...stretches: [start: number, end: number][]): Float32Array {
  const isSounding = (index: number) =>
    stretches.some(([start, end]) => index >= start * second && index < end * second)
  return tone(301, second, duration).map((sample, index) => (isSounding(index) ? sample : 0))
}

test('findSpeech() yields the samples of each piece with its times, and returns the duration', async () => {
  const recording = sounding(70, [2, 5], [10, 45], [68, 70])
  const { pieces, duration } = await find(recording)
  expect(duration).toBe(70)
  expect(pieces.map(({ start }) => Math.round(start))).toEqual([2, 10, expect.any(Number), 68])
  expect(pieces.at(-1)?.end).toBe(70)
  for (const { start, end, samples } of pieces) {
    const expected = recording.subarray(Math.round(start * second), Math.round(end * second))
    expect(samples).toHaveLength(expected.length)
    expect(samples.findIndex((sample, index) => Math.abs(sample - (expected[index] ?? NaN)) > 1e-4)).toBe(-1)
  }
})

test('findSpeech() raises quiet recordings before it looks for speech', async () => {
  const [quiet = NaN, loud = NaN] = await Promise.all(
    [0.01, 0.3].map(async (amplitude) => {
      const { pieces } = await find(tone(301, second, 3, amplitude))
      return Math.max(...(pieces[0]?.samples ?? []))
    }),
  )
  expect(quiet).toBeGreaterThan(0.1)
  expect(loud).toBeCloseTo(0.3, 1)
})

test('findSpeech() states the probability of speech in each window of a piece', async () => {
  const { pieces } = await find(sounding(6, [2, 4]))
  const voice = pieces[0]?.voice
  expect(voice?.start).toBeLessThanOrEqual(pieces[0]?.start ?? NaN)
  const voiced = [...(voice?.probabilities ?? [])].findIndex((probability) => probability > 0.5)
  expect((voice?.start ?? NaN) + voiced * (voice?.window ?? NaN)).toBeCloseTo(2, 1)
})

test('findSpeech() finds nothing in silence, and the duration', async () => {
  expect(await find(sounding(3))).toEqual({ pieces: [], duration: 3 })
})

test('findSpeech() rejects a file that is cut off before it yields anything', async () => {
  const file = wavFile({ data: pcm16(sounding(70, [2, 5])), declaredSize: 80 * 32_000 })
  const found = findSpeech(file, soundActivity, { maxDuration: 3600, ffmpeg: 'ffmpeg' })
  await expect(found.next()).rejects.toThrow(UnsupportedAudioError)
})
