type Mutation = (bytes: Uint8Array, below: (limit: number) => number) => Uint8Array

const mutations: readonly Mutation[] = [
  (bytes, below) => bytes.slice(0, below(bytes.length)),
  (bytes, below) => bytes.map((byte) => (below(1000) === 0 ? below(256) : byte)),
  (bytes, below) => bytes.map((byte) => (below(50) === 0 ? below(256) : byte)),
  (bytes, below) => bytes.map((byte, index) => (index < 200 && below(20) === 0 ? below(256) : byte)),
  (bytes, below) => bytes.fill(below(2) * 255, below(bytes.length), below(bytes.length)),
  (bytes, below) => Buffer.concat([bytes.subarray(0, below(500)), bytes.subarray(below(bytes.length))]),
  (bytes, below) => bytes.slice(below(bytes.length)),
]

/** Returns a corrupt copy of a file. The kinds of corruption take turns. */
export function mutate(file: Uint8Array, round: number, random: () => number): Uint8Array {
  const mutation = mutations[round % mutations.length]
  // A slice of a Buffer would share its bytes.
  return mutation ? mutation(new Uint8Array(file), (limit) => Math.floor(random() * limit)) : file
}
