import { findGateway, listDeviations } from '@livepeer-ai/openapi/gateways'
import { buildReport } from './build-report.ts'
import type { FailOn } from './conclude.ts'
import { toDisabledLane, runContractLane } from '../contract/lane.ts'
import { judgeRunDrift } from './judge-run-drift.ts'
import type { SentRequest } from '../exchange.ts'
import { judgeCheck, type Circumstances } from '../judge/judge-check.ts'
import { selectDeviationsInForce } from '../judge/find-deviation.ts'
import { planSuite, type PlanOptions } from './plan-suite.ts'
import { ProgressMeter, type Progress } from './progress-meter.ts'
import { findBlocker, probeGateway } from './probe-gateway.ts'
import { recognizeGateway } from './recognize-gateway.ts'
import type { CheckResult, Report } from '../report.ts'
import { Session, type SessionOptions } from '../wire/session.ts'
import type { Waiver } from '../judge/waivers.ts'

export interface SuiteOptions extends PlanOptions, SessionOptions {
  /** Name of the gateway's overlay, or `none` for no known deviations; recognised unless given. */
  gateway?: string
  waivers?: readonly Waiver[]
  /** What else, besides a MUST, makes the run fail. */
  failOn?: readonly FailOn[]
  /** Called with each request that is answered and each check that is judged. */
  onProgress?: (progress: Progress) => void
}

/**
 * Runs a selection of the catalogue against one gateway: sends each distinct request once, the free ones first,
 * judges what came back, and sends once more what fails.
 *
 * @throws UnreachableError, CredentialsError, UnknownGatewayError
 */
export async function runSuite(options: SuiteOptions): Promise<Report> {
  const now = new Date()
  const named = options.gateway && options.gateway !== 'none' ? findGateway(options.gateway) : undefined
  let plan = await planSuite(options, named)
  const meter = options.onProgress && new ProgressMeter(options.onProgress)
  const session: Session = new Session(plan.target, {
    ...options,
    onExchange: (exchange) => {
      options.onExchange?.(exchange)
      meter?.sent(exchange, plan, session)
    },
  })
  await probeGateway(plan, session)
  await session.send(plan.distinct.filter(isFree))

  const recognised = options.gateway === undefined ? await recognizeGateway(session.exchanges) : undefined
  const gateway = named ?? recognised?.gateway
  if (recognised) plan = await planSuite(options, recognised.gateway)
  const deviations = gateway ? await listDeviations(gateway) : []
  const blockedBy = await findBlocker(plan, session, deviations)
  await session.send(plan.distinct.filter((request) => isFree(request) || !blockedBy))

  const known = selectDeviationsInForce(deviations, session.exchanges)
  const drift = await judgeRunDrift(plan.context, session.exchanges, {
    deviations: known,
    ...(gateway && { gateway }),
    now,
    ...(options.baseline && { baseline: options.baseline }),
  })
  const circumstances: Circumstances = {
    ...drift.circumstances,
    session,
    deviations: known,
    waivers: options.waivers ?? [],
    url: options.url,
    now,
    ...(blockedBy && { blockedBy }),
  }
  const checks: CheckResult[] = []
  for (const planned of plan.checks) {
    checks.push(await judgeCheck(planned, circumstances))
    meter?.judged(planned.check, checks, plan)
  }
  const isLaneRun = plan.laneCost && !blockedBy && !options.signal?.aborted
  if (isLaneRun) meter?.contract(plan.laneCost!.requests)
  const lane = isLaneRun
    ? await runContractLane({ ...options, ...plan.context, deviations: known })
    : plan.laneHindrance && toDisabledLane(plan.laneHindrance)
  return buildReport(
    options,
    plan,
    { ...circumstances, deviations },
    {
      checks,
      drift: drift.findings,
      ...(lane && { contractLane: lane }),
      ...(isLaneRun && { laneCost: plan.laneCost! }),
      ...(gateway && { gateway }),
      ...(recognised && { recognisedBy: recognised.by }),
    },
  )
}

const isFree = ({ plan }: SentRequest): boolean => plan.seconds === 0 && !plan.delivery?.followedBy?.seconds
