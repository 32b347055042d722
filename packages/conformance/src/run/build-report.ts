import { createHash, randomUUID } from 'node:crypto'
import type { Deviation, GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { transcriptOf } from '../catalogue/transcript.ts'
import type { LaneResults } from '../contract/lane.ts'
import type { DriftFinding } from '../drift-finding.ts'
import type { Exchange } from '../exchange.ts'
import { findDeviation, toExchangeFacts } from '../judge/find-deviation.ts'
import { trackingUrlOf, type Circumstances } from '../judge/judge-check.ts'
import { judgeDeviations } from '../judge/judge-deviations.ts'
import { isExpired, isWaiverFor, type Waiver } from '../judge/waivers.ts'
import { countVerdicts, nameOf, type CheckResult, type Report } from '../report.ts'
import { addCosts } from '../wire/cost.ts'
import { conclude, listFailures, type FailOn } from './conclude.ts'
import { suiteVersion, type PlanOptions, type SuitePlan } from './plan-suite.ts'
import type { RecognizedGateway } from './recognize-gateway.ts'
import { reportExchanges } from './report-exchanges.ts'

export interface ReportOptions extends Pick<
  PlanOptions,
  'profile' | 'shard' | 'budgetSeconds' | 'authentication' | 'maxBytes'
> {
  signal?: AbortSignal
  failOn?: readonly FailOn[]
  allowFlaky?: boolean
}

type ReportCircumstances = Pick<Circumstances, 'session' | 'deviations' | 'waivers' | 'url' | 'now'>

interface RunResults {
  checks: CheckResult[]
  lane?: LaneResults | undefined
  drift: DriftFinding[]
  gateway?: GatewayProfile | undefined
  /** The gateway that the responses resemble, if none was named. */
  resembled?: RecognizedGateway | undefined
}

/** Returns the report of a run. */
export function buildReport(
  options: ReportOptions,
  plan: SuitePlan,
  circumstances: ReportCircumstances,
  results: RunResults,
): Report {
  const { session, deviations, now } = circumstances
  const { checks, lane, drift } = results
  const { exchanges } = session
  const startedAt = now.toISOString()
  const waivers = sortWaivers(circumstances, checks)
  const known = toReportedDeviations(deviations, exchanges, checks)
  const counts = countVerdicts(checks, known, waivers)
  const interrupted = options.signal?.aborted ?? false
  const run = describeRun(options, plan, circumstances)
  const outcome = {
    checks,
    counts,
    deviations: known,
    waivers,
    drift,
    startedAt,
    interrupted,
    transcripts: run.transcripts,
    contractLane: lane?.summary,
  }
  const failures = listFailures(outcome, options.failOn, options.allowFlaky)
  return {
    schemaVersion: '1.0',
    suite: { name: '@livepeer-ai/conformance', version: suiteVersion },
    contract: describeContract(plan),
    target: describeTarget(circumstances, results),
    run,
    cost: {
      ...addCosts(session.cost, ...(lane?.cost ? [lane.cost] : [])),
      ...(options.budgetSeconds !== undefined && { budget: `${options.budgetSeconds}s` }),
    },
    counts,
    conclusion: conclude(outcome, failures),
    failures: idsOf(failures),
    checks,
    ...(lane && { contractLane: lane.summary }),
    deviations: known,
    drift,
    waivers,
    exchanges: [...listExchanges(options, plan, circumstances, results), ...(lane?.exchanges ?? [])],
  }
}

function listExchanges(
  options: ReportOptions,
  plan: SuitePlan,
  { session, url }: ReportCircumstances,
  { checks, gateway }: RunResults,
): Report['exchanges'] {
  return reportExchanges(session.exchanges, checks, {
    checks: plan.checks,
    url,
    hasToken: plan.target.hasToken,
    options: formatReplayOptions(options, gateway),
  })
}

function describeContract({ context }: SuitePlan): Report['contract'] {
  const { description } = context.contract
  const { title, version } = description.info
  return { title, version, sha256: createHash('sha256').update(JSON.stringify(description)).digest('hex') }
}

function formatReplayOptions({ authentication, maxBytes }: ReportOptions, gateway: GatewayProfile | undefined): string {
  const options = [
    gateway && `--gateway ${gateway.name}`,
    authentication === 'none' && '--open',
    maxBytes !== undefined && `--max-bytes ${maxBytes}`,
  ]
  return options.map((option) => (option ? ` ${option}` : '')).join('')
}

function describeTarget({ url }: ReportCircumstances, { gateway, resembled }: RunResults): Report['target'] {
  const target: Report['target'] = { url }
  if (gateway) Object.assign(target, { gateway: gateway.name, gatewayTitle: gateway.title })
  if (resembled) {
    const { name, title } = resembled.gateway
    const hint = `looks like ${title} (${resembled.by}): run again with --gateway ${name}`
    target.resembles = { gateway: name, hint }
  }
  return target
}

function describeRun(
  { profile = 'core', shard, signal }: ReportOptions,
  { distinct }: SuitePlan,
  { session, now }: ReportCircumstances,
): Report['run'] {
  const run: Report['run'] = {
    id: randomUUID(),
    profile,
    startedAt: now.toISOString(),
    ms: Date.now() - now.getTime(),
    node: process.versions.node,
    complete: !signal?.aborted && distinct.every((request) => session.exchangesOf(request).length > 0),
  }
  const valid = session.exchanges.filter(({ request }) => request.plan.seconds > 0)
  if (valid.length > 0) run.transcripts = valid.filter((exchange) => transcriptOf(exchange)).length
  if (shard) run.shard = shard
  return run
}

const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id)

/** Sorts the ids of the waivers for this gateway by their use. */
function sortWaivers({ waivers, url, now }: ReportCircumstances, checks: readonly CheckResult[]): Report['waivers'] {
  const own = waivers.filter((waiver) => isWaiverFor(waiver, url))
  const isUsed = ({ id }: Waiver) =>
    checks.some((check) =>
      check.findings.some(({ waiver, fingerprint }) => waiver && [check.id, nameOf(check), fingerprint].includes(id)),
    )
  return {
    applied: idsOf(own.filter(isUsed)),
    stale: idsOf(own.filter((waiver) => !isExpired(waiver, now) && !isUsed(waiver))),
    expired: idsOf(own.filter((waiver) => isExpired(waiver, now))),
  }
}

/** Returns each deviation with its state. */
function toReportedDeviations(
  deviations: readonly Deviation[],
  exchanges: readonly Exchange[],
  checks: readonly CheckResult[],
): Report['deviations'] {
  const facts = exchanges.map(toExchangeFacts)
  return Array.from(judgeDeviations(deviations, exchanges, checks), ([deviation, state]) => {
    const { id, summary, cope } = deviation
    const url = trackingUrlOf(deviation)
    return {
      id,
      summary,
      state,
      ...(url && { url }),
      workaround: cope,
      exchanges: facts.filter((one) => findDeviation([deviation], one)).length,
    }
  })
}
