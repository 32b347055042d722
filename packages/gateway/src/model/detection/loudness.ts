/** 20 ms at 16 kHz. */
const frameSize = 320
/** Frames are counted by their level, in steps of half a decibel below full scale. */
const stepsPerDecibel = 2
const quietest = -120
/** The level that this share of the frames may exceed. */
const loudShare = 0.05
/** The wanted level (root mean square) of the loud frames, and the limit of the gain. */
const wanted = 0.1
const maxGain = 100

/**
 * Measures a recording to find its gain. The model was trained on loud speech, and misses words
 * of quiet speech.
 */
export class Loudness {
  readonly #counts = new Uint32Array(-quietest * stepsPerDecibel + 1)
  #frames = 0
  #sum = 0
  #filled = 0

  push(samples: Float32Array): void {
    for (const sample of samples) {
      this.#sum += sample * sample
      if (++this.#filled === frameSize) this.#endFrame()
    }
  }

  /** The factor for all samples of the recording; at least 1. */
  get gain(): number {
    let louder = 0
    let step = this.#counts.length - 1
    for (; step > 0; step--) {
      louder += this.#counts[step] ?? 0
      if (louder > this.#frames * loudShare) break
    }
    // Silence stays silence.
    if (step === 0) return 1
    const level = 10 ** ((step / stepsPerDecibel + quietest) / 20)
    return Math.min(maxGain, Math.max(1, wanted / level))
  }

  #endFrame(): void {
    const decibels = 10 * Math.log10(this.#sum / frameSize)
    const step = Math.round((Math.max(decibels, quietest) - quietest) * stepsPerDecibel)
    this.#counts[Math.min(step, this.#counts.length - 1)]!++
    this.#frames++
    this.#sum = 0
    this.#filled = 0
  }
}

/** Amplifies samples in place, up to full scale. */
export function amplify(samples: Float32Array, gain: number): Float32Array {
  if (gain === 1) return samples
  for (let index = 0; index < samples.length; index++)
    samples[index] = Math.max(-1, Math.min(1, gain * (samples[index] ?? 0)))
  return samples
}
