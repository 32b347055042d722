/**
 * Reads numbers of any width from bytes, most significant bit first. Throws a RangeError past the
 * end.
 */
export class BitReader {
  readonly #bytes: Uint8Array
  #next: number
  /** Bits taken from the bytes but not read yet: the lowest `#count` ones. */
  #cache = 0
  #count = 0

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes
    this.#next = offset
  }

  /** The offset of the byte with the next bit. */
  get position(): number {
    return this.#next - (this.#count >> 3)
  }

  get isAtEnd(): boolean {
    return this.position >= this.#bytes.length
  }

  unsigned(bits: number): number {
    if (bits > 24) return this.unsigned(bits - 24) * 2 ** 24 + this.unsigned(24)
    while (this.#count < bits) this.#fill()
    this.#count -= bits
    return (this.#cache >>> this.#count) & (2 ** bits - 1)
  }

  /** Reads a number in two's complement; zero bits are zero. */
  signed(bits: number): number {
    const value = this.unsigned(bits)
    return bits > 0 && value >= 2 ** (bits - 1) ? value - 2 ** bits : value
  }

  /** Counts the zeros before the next one. */
  unary(): number {
    let zeros = 0
    for (;;) {
      const left = this.#count === 0 ? 0 : this.#cache << (32 - this.#count)
      if (left !== 0) {
        const run = Math.clz32(left)
        this.#count -= run + 1
        return zeros + run
      }
      zeros += this.#count
      this.#count = 0
      this.#fill()
    }
  }

  /**
   * Reads a Rice code: the quotient in unary, then `parameter` bits of remainder. Even numbers are
   * positive.
   */
  rice(parameter: number): number {
    const value = this.unary() * 2 ** parameter + this.unsigned(parameter)
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  skip(bits: number): void {
    for (let left = bits; left > 0; left -= 24) this.unsigned(Math.min(left, 24))
  }

  alignToByte(): void {
    this.#count -= this.#count % 8
  }

  #fill(): void {
    const byte = this.#bytes[this.#next]
    if (byte === undefined) throw new RangeError('The data ends too early.')
    this.#cache = (this.#cache << 8) | byte
    this.#next++
    this.#count += 8
  }
}
