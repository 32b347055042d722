import { createRandom } from '../../../packages/gateway/src/testing/random.ts'

/** Samples at 16 kHz. */
export const rate = 16_000

/** A clip with the moments at which a word of it begins, in seconds, as measured by hand. */
export interface Clip {
  name: string
  samples: Float32Array
  words: { at: number; text: string }[]
}

/** A degraded copy of a clip. */
export interface Copy {
  samples: Float32Array
  /** The moments at which words begin, by the word. */
  starts: { at: number; text: string }[]
}

const seconds = (count: number) => new Float32Array(Math.round(count * rate))

/** Puts a pause in front of each known word. */
export function withPauses({ samples, words }: Clip, length: number): Copy {
  const parts: Float32Array[] = []
  const starts: Copy['starts'] = []
  let from = 0
  for (const [index, { at, text }] of words.entries()) {
    const to = Math.round(at * rate)
    parts.push(samples.subarray(from, to), seconds(length))
    starts.push({ at: at + (index + 1) * length, text })
    from = to
  }
  return { samples: concat([...parts, samples.subarray(from)]), starts }
}

/** Scales the loudest sample to this level in decibels below full scale. */
export function atLevel(samples: Float32Array, decibels: number): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const factor = 10 ** (decibels / 20) / peak
  // A recorder with 16 bits rounds.
  return samples.map((sample) => Math.round(sample * factor * 32_768) / 32_768)
}

/** Keeps 300 to 3400 Hz, at 8 kHz and with 8 bits. */
export function overTelephone(samples: Float32Array): Float32Array {
  const band = highPass(lowPass(lowPass(samples, 3400), 3400), 300)
  return band.map((_, index) => {
    const sample = band[index - (index % 2)] ?? 0
    const compressed = (Math.sign(sample) * Math.log1p(255 * Math.abs(sample))) / Math.log(256)
    const rounded = Math.round(compressed * 127) / 127
    return (Math.sign(rounded) * (256 ** Math.abs(rounded) - 1)) / 255
  })
}

/** Adds noise with this distance to the speech in decibels. */
export function withNoise(samples: Float32Array, noise: Float32Array, decibels: number): Float32Array {
  const factor = (level(samples) / level(noise)) * 10 ** (-decibels / 20)
  return samples.map((sample, index) => sample + factor * (noise[index % noise.length] ?? 0))
}

/** Noise that falls by 3 dB per octave. */
export function pinkNoise(length: number, seed: number): Float32Array {
  const random = createRandom(seed)
  const rows = new Float32Array(12)
  return Float32Array.from({ length }, (_, index) => {
    for (let row = 0; row < rows.length; row++) if (index % 2 ** row === 0) rows[row] = random() - 0.5
    return rows.reduce((sum, value) => sum + value, 0) / rows.length
  })
}

/** Adds the echoes of a room: noise that fades by 60 dB in this time. */
export function inRoom(samples: Float32Array, reverberation: number, seed: number): Float32Array {
  const random = createRandom(seed)
  const echoes = Array.from({ length: 400 }, () => {
    const delay = random() * reverberation
    return { delay: Math.round(delay * rate), gain: (random() - 0.5) * 10 ** ((-3 * delay) / reverberation) }
  })
  const output = samples.slice()
  for (const { delay, gain } of echoes)
    for (let index = delay; index < output.length; index++) output[index]! += 0.3 * gain * (samples[index - delay] ?? 0)
  return output
}

export function concat(parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

const level = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length)

function lowPass(samples: Float32Array, frequency: number): Float32Array {
  const share = 1 - Math.exp((-2 * Math.PI * frequency) / rate)
  let state = 0
  return samples.map((sample) => (state += share * (sample - state)))
}

function highPass(samples: Float32Array, frequency: number): Float32Array {
  const low = lowPass(samples, frequency)
  return samples.map((sample, index) => sample - (low[index] ?? 0))
}
