import { kernel } from './vocabulary-kernel.ts'

const pageSize = 2 ** 16
/** The state has 16-bit numbers, and sums have 32 bits. */
const maxNumber = 2 ** 15 - 1
const maxSum = 2 ** 31 - 1
const maxByte = 255

type Find = (state: number, table: number, rows: number, size: number) => number

/**
 * A table with a row of bytes for each token. The runtime would turn the whole table into floats
 * for every token, which takes almost half of the time, and 38 MB.
 */
export class Vocabulary {
  readonly #memory: WebAssembly.Memory
  readonly #find: Find
  readonly #rows: number
  readonly #size: number

  /** Copies the table. `size` is the length of a row, a multiple of 16. */
  constructor(table: Uint8Array, size: number) {
    this.#size = size
    this.#rows = table.length / size
    const bytes = this.#tableStart + table.length
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageSize) })
    new Uint8Array(this.#memory.buffer).set(table, this.#tableStart)
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernel), { m: { m: this.#memory } })
    this.#find = exports['find'] as Find
  }

  /**
   * Returns the most likely token for a state of the decoder. All rows have the same scale and
   * zero point, which do not change the order.
   */
  findToken(state: Float32Array): number {
    let sum = 0
    let max = 0
    for (const value of state) {
      sum += Math.abs(value)
      max = Math.max(max, Math.abs(value))
    }
    const scale = Math.min(maxNumber / max, maxSum / maxByte / (sum + max))
    const numbers = new Int16Array(this.#memory.buffer, 0, this.#size)
    for (const [index, value] of state.entries()) numbers[index] = Math.trunc(value * scale)
    return this.#find(0, this.#tableStart, this.#rows, this.#size)
  }

  get #tableStart(): number {
    return 2 * this.#size
  }
}
