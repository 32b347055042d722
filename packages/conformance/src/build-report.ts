import { createHash, randomUUID } from 'node:crypto'
import type { Deviation, Gateway } from '@livepeer-ai/openapi/gateways'
import type { DriftFinding } from './drift/drift-finding.ts'
import { conclude, type FailOn } from './conclude.ts'
import { costOfExchanges } from './cost.ts'
import type { Exchange } from './exchange.ts'
import type { Circumstances } from './judge-check.ts'
import { deviationStates } from './known-deviations.ts'
import type { Plan, PlanOptions } from './plan-suite.ts'
import { reportedExchange } from './reported-exchange.ts'
import { verdicts, type CheckResult, type Report, type Verdict } from './report.ts'
import { suiteVersion } from './suite-version.ts'
import { isExpired, isFor, type Waiver } from './waivers.ts'

export interface ReportOptions extends Pick<PlanOptions, 'profile' | 'shard' | 'budgetSeconds'> {
  signal?: AbortSignal
  failOn?: readonly FailOn[]
}

interface Results {
  checks: CheckResult[]
  contractLane?: NonNullable<Report['contractLane']>
  drift?: DriftFinding[]
  /** Breaking drift that neither the gateway's overlay nor the baseline has. */
  newDrift?: number
  gateway?: Gateway
  recognisedBy?: string
}

/** Puts together what a run has found. */
export function buildReport(
  options: ReportOptions,
  { context, distinct, checks: planned }: Plan,
  { session, deviations, waivers, url, now }: Pick<Circumstances, 'session' | 'deviations' | 'waivers' | 'url' | 'now'>,
  { checks, contractLane, drift = [], newDrift = 0, gateway, recognisedBy }: Results,
): Report {
  const { exchanges } = session
  const { title, version } = context.contract.description.info
  const complete = !options.signal?.aborted && distinct.every((request) => session.of(request).length > 0)
  const ownWaivers = waivers.filter((waiver) => isFor(waiver, url))
  const isUsed = ({ id }: Waiver) =>
    checks.some(
      (check) => check.verdict === 'WAIVED' && [check.id, ...check.findings.map((one) => one.fingerprint)].includes(id),
    )
  const stale = ownWaivers.filter((waiver) => !isExpired(waiver, now) && !isUsed(waiver)).map(({ id }) => id)
  const known = reportedDeviations(deviations, exchanges, checks)
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>
  for (const { verdict } of checks) counts[verdict]++
  counts.STALE += stale.length + known.filter(({ state }) => state === 'stale').length
  const unfinished = {
    checks,
    counts,
    newDrift,
    laneFailed: contractLane?.verdict === 'FAIL',
    interrupted: options.signal?.aborted ?? false,
    unrunnable: planned.filter(({ hindrance }) => hindrance?.reason.includes('budget')).length,
  }
  return {
    schemaVersion: '1.0',
    suite: { name: '@livepeer-ai/conformance', version: suiteVersion },
    contract: {
      title,
      version,
      sha256: createHash('sha256').update(JSON.stringify(context.contract.description)).digest('hex'),
    },
    target: {
      url,
      ...(gateway && { gateway: gateway.name, gatewayTitle: gateway.title }),
      ...(recognisedBy && { recognisedBy }),
    },
    run: {
      id: randomUUID(),
      profile: options.profile ?? 'core',
      startedAt: now.toISOString(),
      ms: Date.now() - now.getTime(),
      node: process.versions.node,
      complete,
      ...(options.shard && { shard: options.shard }),
    },
    cost: {
      ...costOfExchanges(exchanges),
      ...(options.budgetSeconds !== undefined && { budget: `${options.budgetSeconds}s` }),
    },
    counts,
    conclusion: conclude(unfinished, options.failOn ?? []),
    checks,
    ...(contractLane && { contractLane }),
    deviations: known,
    drift,
    waivers: {
      applied: ownWaivers.filter(isUsed).map(({ id }) => id),
      stale,
      expired: ownWaivers.filter((waiver) => isExpired(waiver, now)).map(({ id }) => id),
    },
    exchanges: exchanges.map(reportedExchange),
  }
}

/** Which of the gateway's deviations were met, and which no longer show where they had to and a check passes. */
function reportedDeviations(
  deviations: readonly Deviation[],
  exchanges: readonly Exchange[],
  checks: readonly CheckResult[],
): Report['deviations'] {
  const found = new Set(checks.flatMap(({ findings }) => findings.map(({ known }) => known?.id)))
  return Array.from(deviationStates(deviations, exchanges), ([{ id, summary, evidence, checks: names }, state]) => {
    const url = evidence.find(({ issue }) => issue !== undefined)?.url ?? evidence[0]?.url
    const passes = checks.some((check) => check.verdict === 'PASS' && names.includes(check.id))
    return {
      id,
      summary,
      state: found.has(id) ? 'known' : state === 'stale' && !passes ? 'not exercised' : state,
      ...(url && { url }),
    }
  })
}
