import type { DriftFinding } from '../drift-finding.ts'
import { countVerdicts, nameOf, type Report } from '../report.ts'
import { addCosts } from '../wire/cost.ts'
import { conclude, listFailures, type FailOn } from './conclude.ts'

/** Reports that cannot be merged. The message says why. */
export class MergeError extends Error {
  override name = 'MergeError' as const
}

/**
 * Merges the reports of the shards of one run.
 *
 * @param failOn - Results besides a failed MUST that fail the run.
 * @param allowFlaky - If set, a MUST check may fail once and pass when repeated.
 * @throws MergeError
 */
export function mergeReports(
  reports: readonly Report[],
  failOn: readonly FailOn[] = [],
  allowFlaky: boolean = false,
): Report {
  const [first] = reports
  if (!first) throw new MergeError('Name two or more reports to merge.')
  assertSameRun(first, reports)
  const checks = mergeChecks(reports)
  assertAllShards(first, reports)

  const contractLane = reports.find((report) => report.contractLane)?.contractLane
  // A single shard may see too little to recognize the gateway.
  const { target } = reports.find((report) => report.target.gateway ?? report.target.resembles) ?? first
  const run = mergeRuns(first, reports)
  const drift = mergeDrift(reports)
  const deviations = mergeDeviations(reports)
  const waivers = mergeWaivers(reports)
  const counts = countVerdicts(checks, deviations, waivers)
  const interrupted = reports.some(({ conclusion }) => conclusion.exitCode === 130)
  const { startedAt, transcripts } = run
  const outcome = { checks, counts, deviations, waivers, drift, startedAt, interrupted, transcripts, contractLane }
  const failures = listFailures(outcome, failOn, allowFlaky)
  return {
    ...first,
    target,
    run,
    cost: addCosts(...reports.map(({ cost }) => cost)),
    counts,
    conclusion: conclude(outcome, failures),
    failures: failures.map(({ id }) => id),
    checks,
    ...(contractLane && { contractLane }),
    deviations,
    drift,
    waivers,
    exchanges: uniqueBy(
      reports.flatMap(({ exchanges }) => exchanges),
      ({ id }) => id,
    ),
  }
}

function assertSameRun({ target, contract }: Report, reports: readonly Report[]): void {
  const stranger = reports.find(
    (report) => report.target.url !== target.url || report.contract.sha256 !== contract.sha256,
  )
  if (stranger)
    throw new MergeError(
      `The reports belong to different runs: ${target.url} and ${stranger.target.url}, or another contract.`,
    )
}

function assertAllShards({ run: { shard } }: Report, reports: readonly Report[]): void {
  if (shard && shard.total > reports.length)
    throw new MergeError(`${shard.total - reports.length} of the ${shard.total} shards are missing.`)
}

function mergeChecks(reports: readonly Report[]): Report['checks'] {
  const checks = reports.flatMap((report) => report.checks).toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))
  const twice = checks.find((check, index) => {
    const next = checks[index + 1]
    return next && nameOf(next) === nameOf(check)
  })
  if (twice) throw new MergeError(`${twice.id} is in several of the reports: they are not shards of one run.`)
  return checks
}

function mergeRuns(first: Report, reports: readonly Report[]): Report['run'] {
  const { shard: _, ...run } = first.run
  const [startedAt = run.startedAt] = reports.map((report) => report.run.startedAt).toSorted()
  const transcripts = reports.flatMap((report) => report.run.transcripts ?? [])
  if (transcripts.length > 0) run.transcripts = transcripts.reduce((sum, count) => sum + count, 0)
  return {
    ...run,
    startedAt,
    ms: Math.max(...reports.map((report) => report.run.ms)),
    complete: reports.every((report) => report.run.complete),
  }
}

const mergeDrift = (reports: readonly Report[]): DriftFinding[] =>
  uniqueBy(
    reports.flatMap((report) => report.drift),
    ({ fingerprint }) => fingerprint,
  )

const mergeWaivers = (reports: readonly Report[]): Report['waivers'] => ({
  applied: mergeWaiverIds(reports, 'applied'),
  // A waiver that one shard does not use may be used in another.
  stale: mergeWaiverIds(reports, 'stale').filter((id) => reports.every((report) => report.waivers.stale.includes(id))),
  expired: mergeWaiverIds(reports, 'expired'),
})

const mergeWaiverIds = (reports: readonly Report[], name: keyof Report['waivers']): string[] => [
  ...new Set(reports.flatMap(({ waivers }) => waivers[name])),
]

const uniqueBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]

/** A deviation is known if any shard met it, and stale if a shard missed it and none met it. */
function mergeDeviations(reports: readonly Report[]): Report['deviations'] {
  const all = reports.flatMap(({ deviations }) => deviations)
  return uniqueBy(all, ({ id }) => id).map((deviation) => {
    const same = all.filter(({ id }) => id === deviation.id)
    const hasState = (state: string) => same.some((one) => one.state === state)
    return {
      ...deviation,
      state: (['known', 'stale'] as const).find(hasState) ?? 'not exercised',
      exchanges: same.reduce((sum, { exchanges }) => sum + exchanges, 0),
    }
  })
}
