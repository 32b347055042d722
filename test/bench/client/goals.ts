/** Figures by name; NaN where nothing can be measured. */
export type Figures = Record<string, Record<string, number>>

/** The column with the cost of a call. */
export const perCall = 'CPU of a call, µs'

export interface Goal {
  what: string
  measured: number
  atMost: number
  isMet: boolean
}

/**
 * Memory is constant if an upload of 1 GB takes at most this many megabytes more than one of 200
 * MB: 2 % of the difference.
 */
const flat = 16

/** The goals of this client, relative to the peers in the same run. */
export function goalsOf(clients: Figures, memory: Figures): Goal[] {
  const figure = (name: string, column: string) => clients[name]?.[column] ?? NaN
  const ours = (column: string) => figure('@livepeer-ai/client', column)
  const overBare = (name: string) => figure(name, perCall) - figure('bare fetch', perCall)
  const goals: [what: string, measured: number, atMost: number][] = [
    ['Bundle, KB (brotli)', ours('bundle, KB (brotli)'), 5],
    ['Packages', ours('packages'), 1],
    ['Installed, MB', ours('installed, MB'), 0.5],
    ['Import, ms', ours('import, ms'), 5],
    [
      "CPU of a call over bare fetch, µs: 1.3 × openapi-fetch's",
      overBare('@livepeer-ai/client'),
      1.3 * overBare('openapi-fetch'),
    ],
    ["CPU of a call over bare fetch, µs: hey-api's", overBare('@livepeer-ai/client'), overBare('hey-api')],
    ['Type instantiations', ours('type instantiations'), 16_000],
    ...Object.entries(memory).flatMap(([runtime, peaks]): typeof goals => {
      const [small = NaN, large = NaN] = Object.values(peaks)
      return [
        [`${runtime}: memory for an upload by path, MB`, Math.max(small, large), runtime.startsWith('Node') ? 64 : 24],
        [`${runtime}: memory for 1 GB beyond that for 200 MB, MB`, large - small, flat],
      ]
    }),
  ]
  return goals.map(([what, measured, atMost]) => ({ what, measured, atMost, isMet: measured <= atMost }))
}
