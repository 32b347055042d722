/** Appends the variable-length form of an unsigned number. */
function unsigned(value: number): number[] {
  return value > 127 ? [(value & 127) | 128, ...unsigned(value >>> 7)] : [value]
}

const simd = (operation: number, ...operands: number[]) => [0xfd, ...unsigned(operation), ...operands]
const get = (variable: number) => [0x20, variable]
const set = (variable: number) => [0x21, variable]
const tee = (variable: number) => [0x22, variable]
/** A number from 0 to 63. */
const constant = (value: number) => [0x41, value]
const [add, shiftLeft, isBelow, isAbove, isBelowUnsigned] = [0x6a, 0x74, 0x48, 0x4a, 0x49]
const [loop, branchIf, when, end, noResult] = [0x03, 0x0d, 0x04, 0x0b, 0x40]
const load = (offset: number) => simd(0x00, 4, offset)
const [widenLow, widenHigh, dotProduct, addLanes] = [simd(0x89), simd(0x8a), simd(0xba), simd(0xae)]
const lane = (index: number) => simd(0x1b, index)
const [i32, v128] = [0x7f, 0x7b]

/** The parameters and the variables of the function. */
const [state, table, rows, size, at, stateEnd, sums, bytes, best, score, bestRow, row] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
]

const instructions = [
  // The lowest number: -2^31.
  [0x41, 0x80, 0x80, 0x80, 0x80, 0x78, ...set(best)],
  [...get(state), ...get(size), ...constant(1), shiftLeft, add, ...set(stateEnd)],
  [loop, noResult],
  [...simd(0x0c), ...Array.from({ length: 16 }, () => 0), ...set(sums)],
  [...get(state), ...set(at)],
  // Adds the products of 16 bytes of a row and 16 numbers of the state.
  [loop, noResult],
  [...get(table), ...load(0), ...set(bytes), ...get(sums)],
  [...get(bytes), ...widenLow, ...get(at), ...load(0), ...dotProduct, ...addLanes],
  [...get(bytes), ...widenHigh, ...get(at), ...load(16), ...dotProduct, ...addLanes, ...set(sums)],
  [...get(table), ...constant(16), add, ...set(table)],
  [...get(at), ...constant(32), add, ...tee(at), ...get(stateEnd), isBelowUnsigned, branchIf, 0, end],
  [...get(sums), ...lane(0), ...get(sums), ...lane(1), add],
  [...get(sums), ...lane(2), add, ...get(sums), ...lane(3), add, ...tee(score)],
  [...get(best), isAbove, when, noResult, ...get(score), ...set(best), ...get(row), ...set(bestRow), end],
  [...get(row), ...constant(1), add, ...tee(row), ...get(rows), isBelow, branchIf, 0, end],
  [...get(bestRow), end],
].flat()

const section = (id: number, content: number[]) => [id, ...unsigned(content.length), ...content]
/** The numbers of variables of each type, after the parameters. */
const variables = [3, 2, i32, 2, v128, 4, i32]
const code = [...variables, ...instructions]

/**
 * A WebAssembly module with one function `find(state, table, rows, size)`: the row of the table
 * whose product with the state is highest. The table has `size` unsigned bytes for each row, the
 * state as many 16-bit numbers. `size` is a multiple of 16. The memory is imported.
 */
export const kernel: Uint8Array<ArrayBuffer> = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, [1, 0x60, 4, i32, i32, i32, i32, 1, i32]),
    section(2, [1, 1, 0x6d, 1, 0x6d, 2, 0, 1]),
    section(3, [1, 0]),
    section(7, [1, 4, ...Buffer.from('find'), 0, 0]),
    section(10, [1, ...unsigned(code.length), ...code]),
  ].flat(),
)
