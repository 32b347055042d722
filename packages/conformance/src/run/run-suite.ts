import { describeGateway, listDeviations, type Deviation, type GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { judgeDocumented } from '../contract/documented-responses.ts'
import { runContractLane, toDisabledLane, type LaneResults } from '../contract/lane.ts'
import type { SentRequest } from '../exchange.ts'
import { selectDeviationsInForce } from '../judge/find-deviation.ts'
import { judgeCheck, type Circumstances } from '../judge/judge-check.ts'
import type { Waiver } from '../judge/waivers.ts'
import type { CheckResult, Report } from '../report.ts'
import { Session, type SessionOptions } from '../wire/session.ts'
import { buildReport } from './build-report.ts'
import type { FailOn } from './conclude.ts'
import { judgeRunDrift, withFaultCheck } from './judge-run-drift.ts'
import { planSuite, type PlanOptions, type SuitePlan } from './plan-suite.ts'
import { findBlocker, probeGateway } from './probe-gateway.ts'
import { ProgressMeter, type Progress } from './progress-meter.ts'
import { findNamedGateway, identifyGateway, type RecognizedGateway } from './recognize-gateway.ts'

export interface SuiteOptions extends PlanOptions, SessionOptions {
  /** Name of a gateway, or `none`; default: the gateway that has a server at the URL. */
  gateway?: string
  waivers?: readonly Waiver[]
  /** Results besides a failed MUST that fail the run. */
  failOn?: readonly FailOn[]
  /** Lets the run pass if a MUST check fails once and passes when repeated. */
  allowFlaky?: boolean
  /** Called after each request and after each verdict. */
  onProgress?: (progress: Progress) => void
}

/** A run whose requests have been sent. */
interface SentRun {
  plan: SuitePlan
  session: Session
  deviations: readonly Deviation[]
  gateway: GatewayProfile | undefined
  /** The gateway that the responses resemble, if none was named. */
  resembled: RecognizedGateway | undefined
  blockedBy: string | undefined
}

/**
 * Runs a selection of checks against one gateway.
 * It sends each distinct request once, the free ones first, and repeats the requests of checks that
 * fail.
 *
 * @throws UnreachableError, CredentialsError, UnknownGatewayError
 */
export async function runSuite(options: SuiteOptions): Promise<Report> {
  const now = new Date()
  const meter = options.onProgress && new ProgressMeter(options.onProgress)
  const { plan, session, deviations, gateway, resembled, blockedBy } = await sendPlan(options, meter)
  const known = selectDeviationsInForce(deviations, session.exchanges)
  const { baseline, waivers = [], url, isMock } = options
  const drift = await judgeRunDrift(plan.context, session.exchanges, {
    deviations: known,
    gateway,
    now,
    baseline,
    isMock,
  })
  const circumstances = { ...drift.circumstances, session, deviations: known, waivers, url, now, blockedBy }
  const checks = await judgeChecks(plan, circumstances, meter)
  const lane = await runLane(options, plan, { ...circumstances, gateway, checks }, meter)
  return buildReport(
    options,
    plan,
    { ...circumstances, deviations },
    { checks, drift: drift.findings, lane, gateway, resembled },
  )
}

async function sendPlan(options: SuiteOptions, meter: ProgressMeter | undefined): Promise<SentRun> {
  const named = findNamedGateway(options)
  let plan = await planSuite(options, named)
  const session: Session = new Session(plan.target, {
    ...options,
    onExchange: (exchange) => {
      options.onExchange?.(exchange)
      meter?.recordExchange(exchange, plan, session)
    },
  })
  await probeGateway(plan, session)
  await session.send(plan.distinct.filter(isFree))

  const { gateway, resembled } = await identifyGateway(options, options.url, session.exchanges)
  if (gateway !== named) plan = await planSuite(options, gateway)
  const deviations = gateway ? await listDeviations(gateway) : []
  const blockedBy = await findBlocker(plan, session, deviations)
  // Slow uploads come first, so that the others pass them.
  const left = plan.distinct.filter((request) => isFree(request) || isSlow(request) || !blockedBy)
  await session.send(left.toSorted((one, other) => Number(isSlow(other)) - Number(isSlow(one))))
  return { plan, session, deviations, gateway, resembled, blockedBy }
}

const isSlow = ({ plan }: SentRequest): boolean => plan.delivery?.slow !== undefined

const isFree = (request: SentRequest): boolean => {
  const { seconds, delivery } = request.plan
  return seconds === 0 && !delivery?.followedBy?.seconds && !isSlow(request)
}

async function judgeChecks(
  plan: SuitePlan,
  circumstances: Circumstances,
  meter: ProgressMeter | undefined,
): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const planned of withFaultCheck(plan.checks, circumstances.context)) {
    results.push(await judgeCheck(planned, circumstances))
    meter?.recordVerdict(planned.check, results, plan)
  }
  return results
}

async function runLane(
  options: SuiteOptions,
  { context, checks: planned, laneCost, laneHindrance }: SuitePlan,
  {
    session,
    deviations,
    blockedBy,
    gateway,
    checks,
  }: Circumstances & Pick<SentRun, 'gateway'> & Pick<Report, 'checks'>,
  meter: ProgressMeter | undefined,
): Promise<LaneResults | undefined> {
  if (options.api && laneCost && !options.signal?.aborted)
    return { summary: judgeDocumented(planned, session.exchanges, checks), exchanges: [] }
  if (laneCost && !blockedBy && !options.signal?.aborted) {
    meter?.recordLane(laneCost.requests)
    const known = gateway && (await describeGateway(gateway))
    return { ...(await runContractLane({ ...options, ...context, deviations, known })), cost: laneCost }
  }
  return laneHindrance === undefined ? undefined : toDisabledLane(laneHindrance)
}
