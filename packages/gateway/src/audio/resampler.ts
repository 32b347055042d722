/** Zero crossings of the sinc per side: enough for 70 dB with the transition band below. */
const crossings = 24
/** The -6 dB point of the low-pass as a fraction of the lower Nyquist frequency. */
const cutoff = 0.91
/** The Kaiser window parameter for 70 dB. */
const beta = 6.76
/** Limit of the filters of one rate. The error of a rounded phase stays below -60 dB. */
const maxPhases = 1024

/** The filters of one pair of rates, by phase. */
export type Filters = (Float32Array | undefined)[]

/**
 * Changes the sample rate of a signal in pieces with a windowed sinc. Aliases stay below -60 dB.
 */
export class Resampler {
  /** The rates without their common divisor: `#to` output samples per `#from` input samples. */
  readonly #from: number
  readonly #to: number
  readonly #halfWidth: number
  readonly #phases: number
  readonly #filters: Filters
  readonly #scale: number
  /**
   * The last `#length` input samples; the first of them is at `#offset`. Zeros precede the signal.
   */
  #input: Float32Array
  #length: number
  #offset: number
  #samplesIn = 0
  #samplesOut = 0

  /** Resamplers of the same rates can share their filters. */
  constructor(fromRate: number, toRate: number, filters: Filters = []) {
    const divisor = greatestCommonDivisor(fromRate, toRate)
    this.#from = fromRate / divisor
    this.#to = toRate / divisor
    this.#phases = Math.min(this.#to, maxPhases)
    this.#filters = filters
    this.#scale = cutoff * Math.min(1, toRate / fromRate)
    this.#halfWidth = Math.ceil(crossings / this.#scale)
    this.#input = new Float32Array(this.#halfWidth)
    this.#length = this.#halfWidth
    this.#offset = -this.#halfWidth
  }

  /** Returns the output so far. It lags by half the length of the filter. */
  push(samples: Float32Array): Float32Array {
    this.#samplesIn += samples.length
    return this.#process(samples, this.#samplesIn - this.#halfWidth)
  }

  /** Returns the rest of the output. */
  flush(): Float32Array {
    return this.#process(new Float32Array(this.#halfWidth), this.#samplesIn)
  }

  /** Returns everything before `end`, a position in the input. */
  #process(samples: Float32Array, end: number): Float32Array {
    this.#append(samples)
    const length = Math.max(0, Math.ceil((end * this.#to) / this.#from) - this.#samplesOut)
    const output = new Float32Array(length)
    for (let index = 0; index < length; index++) output[index] = this.#sampleAt(this.#samplesOut + index)
    this.#samplesOut += length

    const firstNeeded = Math.floor((this.#samplesOut * this.#from) / this.#to) - this.#halfWidth
    this.#input.copyWithin(0, firstNeeded - this.#offset, this.#length)
    this.#length -= firstNeeded - this.#offset
    this.#offset = firstNeeded
    return output
  }

  /** Reuses the buffer if there is room: packets are many and small. */
  #append(samples: Float32Array): void {
    const length = this.#length + samples.length
    if (length > this.#input.length) {
      const larger = new Float32Array(length)
      larger.set(this.#input.subarray(0, this.#length))
      this.#input = larger
    }
    this.#input.set(samples, this.#length)
    this.#length = length
  }

  #sampleAt(index: number): number {
    const position = index * this.#from
    const remainder = position % this.#to
    const phase = Math.floor((remainder * this.#phases) / this.#to)
    const filter = (this.#filters[phase] ??= this.#createFilter(phase / this.#phases))
    const first = (position - remainder) / this.#to - this.#halfWidth + 1 - this.#offset
    const input = this.#input
    let sum = 0
    for (let tap = 0; tap < filter.length; tap++) sum += (filter[tap] ?? 0) * (input[first + tap] ?? 0)
    return sum
  }

  /**
   * Returns the taps for an output that lies a fraction of a sample after an input. Their sum is
   * one.
   */
  #createFilter(fraction: number): Float32Array {
    const taps = Array.from({ length: 2 * this.#halfWidth }, (_, tap) => {
      const distance = tap + 1 - this.#halfWidth - fraction
      return sinc(distance * this.#scale) * kaiser(distance / this.#halfWidth)
    })
    const sum = taps.reduce((total, tap) => total + tap, 0)
    return Float32Array.from(taps, (tap) => tap / sum)
  }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** The window is nearly zero at -1 and 1, and zero beyond. */
function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta)
}

/** Returns the modified Bessel function of the first kind, order zero, by its power series. */
function bessel(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
