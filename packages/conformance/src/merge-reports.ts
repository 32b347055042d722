import { conclude } from './conclude.ts'
import { verdicts, type Report, type Verdict } from './report.ts'

/** Reports that do not belong together. */
export class MergeError extends Error {
  override name = 'MergeError' as const
}

/** The reports of the shards of one run, as one. */
export function mergeReports(reports: readonly Report[]): Report {
  const [first] = reports
  if (!first) throw new MergeError('Name two or more reports to merge.')
  const stranger = reports.find(
    ({ target, contract }) => target.url !== first.target.url || contract.sha256 !== first.contract.sha256,
  )
  if (stranger)
    throw new MergeError(`Not of one run: ${first.target.url} and ${stranger.target.url}, or of another contract.`)
  const checks = reports.flatMap((report) => report.checks).toSorted((a, b) => a.id.localeCompare(b.id))
  const twice = checks.find(({ id }, index) => checks[index + 1]?.id === id)
  if (twice) throw new MergeError(`${twice.id} is in several of the reports: they are no shards of one run.`)
  const counts = Object.fromEntries(
    verdicts.map((verdict) => [verdict, reports.reduce((sum, report) => sum + report.counts[verdict], 0)]),
  ) as Record<Verdict, number>
  const sum = (name: 'requests' | 'audioSeconds' | 'bytesSent' | 'usd') =>
    reports.reduce((total, { cost }) => total + cost[name], 0)
  const lane = reports.find(({ contractLane }) => contractLane)?.contractLane
  const { shard: _, ...run } = first.run
  return {
    ...first,
    run: {
      ...run,
      startedAt: reports.map((report) => report.run.startedAt).toSorted()[0]!,
      ms: Math.max(...reports.map((report) => report.run.ms)),
      complete: reports.every((report) => report.run.complete),
    },
    cost: {
      requests: sum('requests'),
      audioSeconds: sum('audioSeconds'),
      bytesSent: sum('bytesSent'),
      usd: sum('usd'),
    },
    counts,
    conclusion: conclude(
      {
        checks,
        counts,
        interrupted: reports.some(({ conclusion }) => conclusion.exitCode === 130),
        laneFailed: lane?.verdict === 'FAIL',
        unrunnable: 0,
      },
      [],
    ),
    checks,
    ...(lane && { contractLane: lane }),
    deviations: mergeDeviations(reports),
    drift: [...new Map(reports.flatMap(({ drift }) => drift).map((one) => [one.fingerprint, one])).values()],
    waivers: {
      applied: union(reports, 'applied'),
      // What one shard has no use for may be needed by another.
      stale: union(reports, 'stale').filter((id) => reports.every(({ waivers }) => waivers.stale.includes(id))),
      expired: union(reports, 'expired'),
    },
    exchanges: [...new Map(reports.flatMap(({ exchanges }) => exchanges).map((one) => [one.id, one])).values()],
  }
}

const union = (reports: readonly Report[], name: keyof Report['waivers']): string[] => [
  ...new Set(reports.flatMap(({ waivers }) => waivers[name])),
]

/** Met in one shard is met; gone only when no shard met it. */
function mergeDeviations(reports: readonly Report[]): Report['deviations'] {
  return reports[0]!.deviations.map((deviation) => {
    const states = new Set(reports.map(({ deviations }) => deviations.find(({ id }) => id === deviation.id)?.state))
    return {
      ...deviation,
      state: (['known', 'stale'] as const).find((state) => states.has(state)) ?? 'not exercised',
    }
  })
}
