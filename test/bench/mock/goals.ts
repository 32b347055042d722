import type { Goal } from '../client/goals.ts'
import type { Report } from './table.ts'

/** Returns the goals of this mock, some relative to the other servers of the run. */
export function checkGoals({ results }: Pick<Report, 'results'>): Goal[] {
  const figures = (name: string) => {
    const found = results[name]
    return found && !('failed' in found) ? found : undefined
  }
  const ours = figures('This mock')
  const rate = (name: string) => figures(name)?.requestsPerSecond ?? NaN
  const rounds = ours?.roundsMegabytes ?? []
  const goals: [what: string, measured: number, atMost: number][] = [
    ['Requests/s of Prism -v silent, for each of ours', rate('Prism -v silent') / rate('This mock'), 0.5],
    ['Requests/s of Scalar, for each of ours', rate('Scalar') / rate('This mock'), 1],
    ['Upload of 8 MB, s', ours?.small.seconds ?? NaN, 0.15],
    ['Memory for an upload of 100 MB, MB', ours?.large.grownMegabytes ?? NaN, 60],
    ['First answer after the first start, s', ours?.firstStart ?? NaN, 0.7],
    ['First answer after the next ones, s', ours?.nextStart ?? NaN, 0.7],
    ['Installed, MB', ours?.installMegabytes ?? NaN, 8],
    ['Packages', ours?.packages ?? NaN, 5],
    ['Memory after 10,000 requests, MB', rounds[0] ?? NaN, 150],
    ['Memory after 30,000 beyond that, MB', (rounds.at(-1) ?? NaN) - (rounds[0] ?? NaN), flat],
  ]
  return goals.map(([what, measured, atMost]) => ({ what, measured, atMost, isMet: measured <= atMost }))
}

/** Memory in megabytes below which growth over 20,000 more requests counts as none. */
const flat = 10
