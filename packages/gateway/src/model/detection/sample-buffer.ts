/** The part of a signal that is still needed, by position in the whole signal. */
export class SampleBuffer {
  #samples = new Float32Array(1 << 16)
  #offset = 0
  #end = 0

  /** The number of samples so far, including those that were dropped. */
  get length(): number {
    return this.#end
  }

  append(samples: Float32Array): void {
    const filled = this.#end - this.#offset
    if (filled + samples.length > this.#samples.length) {
      const larger = new Float32Array(2 * (filled + samples.length))
      larger.set(this.#samples.subarray(0, filled))
      this.#samples = larger
    }
    this.#samples.set(samples, filled)
    this.#end += samples.length
  }

  /** Returns a copy. */
  slice(from: number, to: number): Float32Array<ArrayBuffer> {
    return this.#samples.slice(from - this.#offset, to - this.#offset)
  }

  /** Drops the samples before a position. */
  dropBefore(position: number): void {
    const dropped = Math.min(position, this.#end) - this.#offset
    // Moving fewer samples would cost more than it frees.
    if (dropped < this.#samples.length / 2) return
    this.#samples.copyWithin(0, dropped, this.#end - this.#offset)
    this.#offset += dropped
  }
}
