import { expect, test } from 'vitest'
import { MergeError, mergeReports } from './merge-reports.ts'
import type { Report } from '../report.ts'
import { countVerdicts, sampleReport } from '../testing/sample-report.ts'

const all = sampleReport().checks

/** A shard with these checks of the sample. */
function shard(index: number, total: number, changes: Partial<Report> = {}): Report {
  const checks = changes.checks ?? all.filter((_, place) => place % total === index - 1)
  const whole = sampleReport({ checks, counts: countVerdicts(checks), ...changes })
  return { ...whole, run: { ...whole.run, shard: { index, total } } }
}

test('shards are put together as the run that they are of', () => {
  const report = mergeReports([shard(2, 2), shard(1, 2)])
  expect(report.checks.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted())
  expect(report.counts).toMatchObject({ FAIL: 1, PASS: 1, KNOWN: 1 })
  expect(report.cost).toMatchObject({ requests: 84, audioSeconds: 63, usd: 0.00126 })
  expect(report.conclusion.exitCode).toBe(70)
  expect(report.run.shard).toBeUndefined()
})

test('what one shard needs of the waivers is not stale, and what is stale counts once', () => {
  const passing = all.filter(({ verdict }) => verdict === 'PASS')
  const [one, other] = [passing, passing.map((check) => ({ ...check, id: 'RT-02' }))]
  const report = mergeReports([
    shard(1, 2, { checks: one, waivers: { applied: ['A'], stale: ['B', 'C'], expired: [] }, deviations: [] }),
    shard(2, 2, { checks: other, waivers: { applied: ['B'], stale: ['A', 'C'], expired: [] }, deviations: [] }),
  ])
  expect(report.waivers).toEqual({ applied: ['A', 'B'], stale: ['C'], expired: [] })
  expect(report.counts.STALE).toBe(1)
})

test('a deviation that one shard met is known, and the gateway that one recognised is the gateway', () => {
  const [deviation] = sampleReport().deviations
  const { target } = sampleReport()
  const report = mergeReports([
    shard(1, 2, { target: { url: target.url }, deviations: [] }),
    shard(2, 2, { deviations: [{ ...deviation!, state: 'known' }] }),
  ])
  expect(report.target.gateway).toBe('quiet-hill')
  expect(report.deviations).toEqual([{ ...deviation, state: 'known' }])
})

test('the gate of the run is put on the whole', () => {
  const checks = all.filter(({ verdict }) => verdict === 'WARN')
  const shards = [shard(1, 2, { checks }), shard(2, 2, { checks: [] })]
  expect(mergeReports(shards).conclusion.exitCode).toBe(0)
  expect(mergeReports(shards, ['warn']).conclusion.exitCode).toBe(5)
})

test.each<[title: string, reports: Report[], message: RegExp]>([
  ['nothing', [], /^Name two or more/],
  [
    'another gateway',
    [shard(1, 2), shard(2, 2, { target: { url: 'http://x' } })],
    /^Not of one run: .+ and http:\/\/x/,
  ],
  ['the same shard twice', [shard(1, 2), shard(1, 2)], /is in several of the reports/],
  ['too few', [shard(1, 3), shard(2, 3)], /^1 of the 3 shards are missing\.$/],
])('%s is no run in shards', (_, reports, message) => {
  expect(() => mergeReports(reports)).toThrow(MergeError)
  expect(() => mergeReports(reports)).toThrow(message)
})
