/** Zero crossings of the sinc on each side: enough for 70 dB with the transition band below. */
const crossings = 24
/** Where the low-pass is 6 dB down, as a part of the lower Nyquist frequency; above that frequency nothing is left. */
const cutoff = 0.91
/** Of the Kaiser window: 70 dB. */
const beta = 6.76

/**
 * Changes the sample rate of a signal that arrives piece by piece, by a windowed sinc. Of what lies above the lower
 * of both Nyquist frequencies, nothing folds back louder than -60 dB.
 */
export class Resampler {
  /** The rates without their common divisor: `#to` samples out for each `#from` samples in. */
  readonly #from: number
  readonly #to: number
  readonly #halfWidth: number
  readonly #filters: (Float32Array | undefined)[] = []
  readonly #scale: number
  /** Begins with the last samples in, `#length` of them; the first of them is at `#offset`. Zeros stand before the signal. */
  #input: Float32Array
  #length: number
  #offset: number
  #samplesIn = 0
  #samplesOut = 0

  constructor(fromRate: number, toRate: number) {
    const divisor = greatestCommonDivisor(fromRate, toRate)
    this.#from = fromRate / divisor
    this.#to = toRate / divisor
    this.#scale = cutoff * Math.min(1, toRate / fromRate)
    this.#halfWidth = Math.ceil(crossings / this.#scale)
    this.#input = new Float32Array(this.#halfWidth)
    this.#length = this.#halfWidth
    this.#offset = -this.#halfWidth
  }

  /** What can be said of the output so far: it lags behind by half the length of the filter. */
  push(samples: Float32Array): Float32Array {
    this.#samplesIn += samples.length
    return this.#process(samples, this.#samplesIn - this.#halfWidth)
  }

  /** The rest of the output. */
  flush(): Float32Array {
    return this.#process(new Float32Array(this.#halfWidth), this.#samplesIn)
  }

  /** Everything that lies before `end`, a position in the input. */
  #process(samples: Float32Array, end: number): Float32Array {
    this.#append(samples)
    const length = Math.max(0, Math.ceil((end * this.#to) / this.#from) - this.#samplesOut)
    const output = new Float32Array(length)
    for (let index = 0; index < length; index += 1) output[index] = this.#sampleAt(this.#samplesOut + index)
    this.#samplesOut += length

    const firstNeeded = Math.floor((this.#samplesOut * this.#from) / this.#to) - this.#halfWidth
    this.#input.copyWithin(0, firstNeeded - this.#offset, this.#length)
    this.#length -= firstNeeded - this.#offset
    this.#offset = firstNeeded
    return output
  }

  /** In place where there is room: packets are many and small. */
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
    const phase = position % this.#to
    const filter = (this.#filters[phase] ??= this.#createFilter(phase / this.#to))
    const first = (position - phase) / this.#to - this.#halfWidth + 1 - this.#offset
    const input = this.#input
    let sum = 0
    for (let tap = 0; tap < filter.length; tap += 1) sum += (filter[tap] ?? 0) * (input[first + tap] ?? 0)
    return sum
  }

  /** For an output that lies a fraction of a sample after an input. The taps add up to one. */
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

/** At -1 and 1 it is nearly zero, beyond them it is zero. */
function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta)
}

/** The modified Bessel function of the first kind and order zero, by its power series. */
function bessel(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
