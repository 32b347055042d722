import { conclude, type FailOn } from './conclude.ts'
import { addCosts } from '../wire/cost.ts'
import { countVerdicts, type Report } from '../report.ts'

/** Reports that do not belong together. */
export class MergeError extends Error {
  override name = 'MergeError' as const
}

/**
 * The reports of the shards of one run, as one.
 *
 * @param failOn - What else, besides a MUST, makes the run fail.
 * @throws MergeError
 */
export function mergeReports(reports: readonly Report[], failOn: readonly FailOn[] = []): Report {
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
  const missing = (first.run.shard?.total ?? reports.length) - reports.length
  if (missing > 0) throw new MergeError(`${missing} of the ${first.run.shard!.total} shards are missing.`)

  const contractLane = reports.find((report) => report.contractLane)?.contractLane
  // A shard may see too little to recognise the gateway by.
  const { target } = reports.find((report) => report.target.gateway) ?? first
  const { shard: _, ...run } = first.run
  const startedAt = reports.map((report) => report.run.startedAt).toSorted()[0]!
  const drift = uniqueBy(
    reports.flatMap((report) => report.drift),
    ({ fingerprint }) => fingerprint,
  )
  const deviations = mergeDeviations(reports)
  const waivers = {
    applied: mergeWaiverIds(reports, 'applied'),
    // What one shard has no use for may be needed by another.
    stale: mergeWaiverIds(reports, 'stale').filter((id) =>
      reports.every((report) => report.waivers.stale.includes(id)),
    ),
    expired: mergeWaiverIds(reports, 'expired'),
  }
  const counts = countVerdicts(checks, deviations, waivers)
  const interrupted = reports.some(({ conclusion }) => conclusion.exitCode === 130)
  return {
    ...first,
    target,
    run: {
      ...run,
      startedAt,
      ms: Math.max(...reports.map((report) => report.run.ms)),
      complete: reports.every((report) => report.run.complete),
    },
    cost: addCosts(...reports.map(({ cost }) => cost)),
    counts,
    conclusion: conclude(
      { checks, counts, drift, startedAt, interrupted, ...(contractLane && { contractLane }) },
      failOn,
    ),
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

const uniqueBy = <Item>(items: readonly Item[], key: (item: Item) => string): Item[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
]

const mergeWaiverIds = (reports: readonly Report[], name: keyof Report['waivers']): string[] => [
  ...new Set(reports.flatMap(({ waivers }) => waivers[name])),
]

/** Met in one shard is met; gone only when no shard met it. */
function mergeDeviations(reports: readonly Report[]): Report['deviations'] {
  const all = reports.flatMap(({ deviations }) => deviations)
  return uniqueBy(all, ({ id }) => id).map((deviation) => {
    const states = new Set(all.filter(({ id }) => id === deviation.id).map(({ state }) => state))
    return {
      ...deviation,
      state: (['known', 'stale'] as const).find((state) => states.has(state)) ?? 'not exercised',
    }
  })
}
