const peak = 2 ** 15

/**
 * Samples of one channel, 16 bits each: half of what floating-point numbers take, and all that speech recognition hears.
 * It grows in place, so that a long recording is in memory once.
 */
export class Recording {
  readonly #buffer: ArrayBuffer

  /** @param maxLength in samples; memory is taken as it is needed. */
  constructor(maxLength: number) {
    this.#buffer = new ArrayBuffer(0, { maxByteLength: maxLength * Int16Array.BYTES_PER_ELEMENT })
  }

  static of(samples: Float32Array): Recording {
    const recording = new Recording(samples.length)
    recording.append(samples)
    return recording
  }

  /** In samples. */
  get length(): number {
    return this.#buffer.byteLength / Int16Array.BYTES_PER_ELEMENT
  }

  /** Adds samples between -1 and 1. False, and nothing is added, where it would be longer than it may. */
  append(samples: Float32Array): boolean {
    const end = this.#buffer.byteLength
    const bytes = samples.length * Int16Array.BYTES_PER_ELEMENT
    if (end + bytes > this.#buffer.maxByteLength) return false
    this.#buffer.resize(end + bytes)
    const target = new Int16Array(this.#buffer, end)
    for (let index = 0; index < samples.length; index++)
      target[index] = Math.max(-peak, Math.min(peak - 1, Math.round(samples[index]! * peak)))
    return true
  }

  /** Samples between -1 and 1, from the first to before the last. */
  samples(first = 0, last: number = this.length): Float32Array {
    const stored = new Int16Array(this.#buffer).subarray(first, last)
    const samples = new Float32Array(stored.length)
    for (let index = 0; index < samples.length; index++) samples[index] = stored[index]! / peak
    return samples
  }
}
