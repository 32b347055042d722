import { createHash, randomUUID } from 'node:crypto'
import type { Deviation, GatewayProfile } from '@livepeer-ai/openapi/gateways'
import type { DriftFinding } from '../drift-finding.ts'
import { conclude, type FailOn } from './conclude.ts'
import { addCosts, type Cost } from '../wire/cost.ts'
import type { Exchange } from '../exchange.ts'
import type { Circumstances } from '../judge/judge-check.ts'
import { judgeDeviations } from '../judge/find-deviation.ts'
import type { SuitePlan, PlanOptions } from './plan-suite.ts'
import { toReportedExchange } from '../wire/to-reported-exchange.ts'
import { countVerdicts, type CheckResult, type Report } from '../report.ts'
import { suiteVersion } from './suite-version.ts'
import { isExpired, isWaiverFor, type Waiver } from '../judge/waivers.ts'

export interface ReportOptions extends Pick<PlanOptions, 'profile' | 'shard' | 'budgetSeconds'> {
  signal?: AbortSignal
  failOn?: readonly FailOn[]
}

interface Results {
  checks: CheckResult[]
  contractLane?: NonNullable<Report['contractLane']>
  /** Absent when the lane did not run. */
  laneCost?: Cost
  drift?: DriftFinding[]
  gateway?: GatewayProfile
  recognisedBy?: string
}

/** Puts together what a run has found. */
export function buildReport(
  options: ReportOptions,
  { context, distinct }: SuitePlan,
  { session, deviations, waivers, url, now }: Pick<Circumstances, 'session' | 'deviations' | 'waivers' | 'url' | 'now'>,
  { checks, contractLane, laneCost, drift = [], gateway, recognisedBy }: Results,
): Report {
  const { exchanges } = session
  const { title, version } = context.contract.description.info
  const complete = !options.signal?.aborted && distinct.every((request) => session.of(request).length > 0)
  const ownWaivers = waivers.filter((waiver) => isWaiverFor(waiver, url))
  const isUsed = ({ id }: Waiver) =>
    checks.some((check) =>
      check.findings.some(({ waiver, fingerprint }) => waiver && [check.id, fingerprint].includes(id)),
    )
  const used = {
    applied: ownWaivers.filter(isUsed).map(({ id }) => id),
    stale: ownWaivers.filter((waiver) => !isExpired(waiver, now) && !isUsed(waiver)).map(({ id }) => id),
    expired: ownWaivers.filter((waiver) => isExpired(waiver, now)).map(({ id }) => id),
  }
  const known = toReportedDeviations(deviations, exchanges, checks)
  const startedAt = now.toISOString()
  const counts = countVerdicts(checks, known, used)
  const interrupted = options.signal?.aborted ?? false
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
      startedAt,
      ms: Date.now() - now.getTime(),
      node: process.versions.node,
      complete,
      ...(options.shard && { shard: options.shard }),
    },
    cost: {
      ...addCosts(session.cost, ...(laneCost ? [laneCost] : [])),
      ...(options.budgetSeconds !== undefined && { budget: `${options.budgetSeconds}s` }),
    },
    counts,
    conclusion: conclude(
      { checks, counts, drift, startedAt, interrupted, ...(contractLane && { contractLane }) },
      options.failOn ?? [],
    ),
    checks,
    ...(contractLane && { contractLane }),
    deviations: known,
    drift,
    waivers: used,
    exchanges: exchanges.map(toReportedExchange),
  }
}

/** Which of the gateway's deviations were met, and which no longer show where they had to and a check passes. */
function toReportedDeviations(
  deviations: readonly Deviation[],
  exchanges: readonly Exchange[],
  checks: readonly CheckResult[],
): Report['deviations'] {
  const found = new Set(checks.flatMap(({ findings }) => findings.map(({ known }) => known?.id)))
  return Array.from(judgeDeviations(deviations, exchanges), ([{ id, summary, evidence, checks: names }, state]) => {
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
