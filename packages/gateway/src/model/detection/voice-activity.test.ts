import { beforeAll, describe, expect, test } from 'vitest'
import { decodeAudio } from '../../audio/decode-audio.ts'
import { createRandom } from '../../testing/random.ts'
import { readClip, spoken } from '../../testing/speech-clips.ts'
import { tone } from '../../testing/wav-file.ts'
import { loadRuntime } from '../runtime.ts'
import { VoiceActivity } from './voice-activity.ts'

/**
 * Simulates an installation with the WebAssembly runtime only; Vite resolves the other import in
 * its own way.
 */
const importWebAssembly = (specifier: string) =>
  specifier === 'onnxruntime-web/wasm'
    ? import('onnxruntime-web/wasm')
    : Promise.reject(Object.assign(new Error(`Cannot find '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' }))

const random = createRandom(11)
const seconds = 3
const noSpeech = {
  silence: new Float32Array(seconds * 16_000),
  'white noise': Float32Array.from({ length: seconds * 16_000 }, () => random() * 0.4 - 0.2),
  'a tone': tone(440, 16_000, seconds),
}

describe('VoiceActivity', () => {
  let voiceActivity: VoiceActivity

  beforeAll(async () => {
    voiceActivity = await VoiceActivity.load(await loadRuntime(importWebAssembly))
  })

  async function detect(pieces: Iterable<Float32Array> | AsyncIterable<Float32Array>): Promise<number[]> {
    const probabilities: number[] = []
    for await (const probability of voiceActivity.detect(pieces, {})) probabilities.push(probability)
    return probabilities
  }

  test.for(Object.keys(spoken))('hears the voice in %s, from beginning to end', async (name) => {
    const pieces = decodeAudio(await readClip(`${name}.wav`), { maxDuration: 60, ffmpeg: 'ffmpeg' })
    const probabilities = await detect(pieces)
    expect(probabilities.length).toBeGreaterThan(62)
    expect(probabilities.filter((probability) => probability > 0.5).length / probabilities.length).toBeGreaterThan(0.7)
  })

  test.for(Object.entries(noSpeech))('hears none in %s', async ([, samples]) => {
    expect(Math.max(...(await detect([samples])))).toBeLessThan(0.35)
  })

  test('gives one probability for each window, also for one that is not full', async () => {
    const counts = [0, 1, 512, 513].map(async (length) => (await detect([new Float32Array(length)])).length)
    expect(await Promise.all(counts)).toEqual([0, 1, 1, 2])
  })

  test('gives the same result for any piece size', async () => {
    const samples = Float32Array.from(noSpeech['white noise'].subarray(0, 5000))
    const pieces = [0, 1, 500, 1500, 1500, 4999].map((from, index, all) => samples.subarray(from, all[index + 1]))
    expect(await detect(pieces)).toEqual(await detect([samples]))
  })
})
