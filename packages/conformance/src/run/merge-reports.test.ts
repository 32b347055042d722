import { expect, test } from 'vitest'
import type { Report } from '../report.ts'
import { countSampleVerdicts, sampleReport } from '../testing/sample-report.ts'
import { MergeError, mergeReports } from './merge-reports.ts'

const all = sampleReport().checks

/** Returns the report of a shard with a share of the sample's checks. */
function shardReport(index: number, total: number, changes: Partial<Report> = {}): Report {
  const checks = changes.checks ?? all.filter((_, place) => place % total === index - 1)
  const whole = sampleReport({ checks, counts: countSampleVerdicts(checks), ...changes })
  return { ...whole, run: { ...whole.run, shard: { index, total } } }
}

test('merges shards into the report of one run', () => {
  const report = mergeReports([shardReport(2, 2), shardReport(1, 2)])
  expect(report.checks.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted())
  expect(report.counts).toMatchObject({ FAIL: 1, PASS: 1, KNOWN: 1 })
  expect(report.cost).toMatchObject({ requests: 84, audioSeconds: 63, usd: 0.00126 })
  expect(report.conclusion.exitCode).toBe(70)
  expect(report.run.shard).toBeUndefined()
})

test('keeps a waiver that one shard uses, and counts a stale waiver once', () => {
  const passing = all.filter(({ verdict }) => verdict === 'PASS')
  const [one, other] = [passing, passing.map((check) => ({ ...check, id: 'RT-02' }))]
  const report = mergeReports([
    shardReport(1, 2, { checks: one, waivers: { applied: ['A'], stale: ['B', 'C'], expired: [] }, deviations: [] }),
    shardReport(2, 2, { checks: other, waivers: { applied: ['B'], stale: ['A', 'C'], expired: [] }, deviations: [] }),
  ])
  expect(report.waivers).toEqual({ applied: ['A', 'B'], stale: ['C'], expired: [] })
  expect(report.counts.STALE).toBe(1)
})

test('takes over the deviation and the gateway of one shard', () => {
  const { target, deviations } = sampleReport()
  const [deviation] = deviations
  const report = mergeReports([
    shardReport(1, 2, { target: { url: target.url }, deviations: [] }),
    shardReport(2, 2, { deviations: [deviation!] }),
  ])
  expect(report.target.gateway).toBe('quiet-hill')
  expect(report.deviations).toEqual([deviation])
})

test('applies the gate to the merged report', () => {
  const checks = all.filter(({ verdict }) => verdict === 'WARN')
  const contractLane = { ...sampleReport().contractLane!, verdict: 'PASS' as const, failures: [] }
  const shards = [shardReport(1, 2, { checks, contractLane }), shardReport(2, 2, { checks: [], contractLane })]
  expect(mergeReports(shards).conclusion.exitCode).toBe(0)
  expect(mergeReports(shards, ['warn']).conclusion.exitCode).toBe(5)
})

test.each<[title: string, reports: Report[], message: RegExp]>([
  ['no report', [], /^Name two or more/],
  [
    'another gateway',
    [shardReport(1, 2), shardReport(2, 2, { target: { url: 'http://x' } })],
    /^The reports belong to different runs: .+ and http:\/\/x/,
  ],
  ['the same shard twice', [shardReport(1, 2), shardReport(1, 2)], /is in several of the reports/],
  ['too few shards', [shardReport(1, 3), shardReport(2, 3)], /^1 of the 3 shards are missing\.$/],
])('rejects %s', (_, reports, message) => {
  expect(() => mergeReports(reports)).toThrow(MergeError)
  expect(() => mergeReports(reports)).toThrow(message)
})
