import { createHash, randomUUID } from 'node:crypto'
import { findGateway, listDeviations, type Deviation, type Gateway } from '@livepeer-ai/openapi/gateways'
import { conclude, type FailOn } from './conclude.ts'
import { runContractLane } from './contract-lane.ts'
import { costOf } from './cost.ts'
import { headerOf, mediaTypeOf, type Exchange, type SentRequest } from './exchange.ts'
import { judgeCheck, type Circumstances } from './judge-check.ts'
import { isExercisedBy, shown, shows } from './known-deviations.ts'
import { planSuite, type Plan, type PlanOptions } from './plan-suite.ts'
import { recogniseGateway } from './recognise-gateway.ts'
import { reportedExchange } from './reported-exchange.ts'
import { verdicts, type CheckResult, type Report, type Verdict } from './report.ts'
import { upload } from './catalogue/requests.ts'
import { Session, type SessionOptions } from './session.ts'
import { suiteVersion } from './suite-version.ts'
import { UnreachableError } from './unreachable-error.ts'
import { isExpired, isFor, type Waiver } from './waivers.ts'
import { encodeRequest } from './wire/encode-request.ts'

export interface SuiteOptions extends PlanOptions, SessionOptions {
  /** Name of the gateway's overlay, or `none` for no known deviations; recognised unless given. */
  gateway?: string
  waivers?: readonly Waiver[]
  /** `catalogue`, and `contract` for the Dredd lane; both unless given. */
  lanes?: readonly Lane[]
  /** What else, besides a MUST, makes the run fail. */
  failOn?: readonly FailOn[]
  /** Called as each check is judged. */
  onResult?: (result: CheckResult, done: number, total: number) => void
}

/** The two halves of a run. */
export const laneNames = ['catalogue', 'contract'] as const
export type Lane = (typeof laneNames)[number]

/** The gateway does not accept the token of the run, or wants one and there is none. */
export class CredentialsError extends Error {
  override name = 'CredentialsError' as const
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
  const session = new Session(plan.target, options)
  await reach(plan, session)
  await session.send(plan.distinct.filter(isFree))

  const recognised = options.gateway === undefined ? await recogniseGateway(session.exchanges) : undefined
  const gateway = named ?? recognised?.gateway
  if (recognised) plan = await planSuite(options, recognised.gateway)
  const blockedBy = await blocked(plan, session)
  await session.send(plan.distinct.filter((request) => isFree(request) || !blockedBy))

  const circumstances: Circumstances = {
    context: plan.context,
    session,
    deviations: gateway ? await listDeviations(gateway) : [],
    waivers: options.waivers ?? [],
    url: options.url,
    now,
    ...(blockedBy && { blockedBy }),
  }
  const checks: CheckResult[] = []
  for (const planned of plan.checks) {
    const result = await judgeCheck(planned, circumstances)
    checks.push(result)
    options.onResult?.(result, checks.length, plan.checks.length)
  }
  const { lanes = laneNames, token, timeoutMs } = options
  const lane =
    lanes.includes('contract') && !blockedBy && !options.signal?.aborted
      ? await runContractLane({
          url: options.url,
          contract: plan.context.contract,
          maxBytes: plan.context.maxBytes,
          deviations: circumstances.deviations,
          skipOverLimit: !options.allowUnsafe,
          ...(token && { token }),
          ...(timeoutMs && { timeoutMs }),
        })
      : undefined
  return toReport(options, plan, circumstances, { checks, lane, gateway, recognisedBy: recognised?.by })
}

const isFree = ({ plan }: SentRequest): boolean => plan.seconds === 0 && !plan.delivery?.followedBy?.seconds

/** Ends the run before it begins when there is no such gateway there. */
async function reach({ target }: Plan, session: Session): Promise<void> {
  const probe = encodeRequest({ headers: { Authorization: null }, seconds: 0 }, target)
  await session.send([probe])
  const [exchange] = session.of(probe)
  const where = target.url.href
  const { failure, response } = exchange!
  if (!response)
    throw new UnreachableError(
      `Cannot reach ${where}: ${failure?.message ?? 'no answer'}. Is the gateway running there?`,
    )
  if (isElsewhere(exchange!)) {
    const saw = [response.status, mediaTypeOf(response), headerOf(response, 'location') && 'a redirect']
      .filter(Boolean)
      .join(', ')
    throw new UnreachableError(
      `${probe.method} ${probe.url} is not there (${saw}). Pass the base URL that ${target.operation.path} is appended to.`,
    )
  }
}

/** Whether the answer is that of a server that does not have the operation: a page, a redirect, or no such path. */
function isElsewhere({ response }: Exchange): boolean {
  const status = response!.status
  return [404, 405].includes(status) || (status >= 300 && status < 400) || mediaTypeOf(response) === 'text/html'
}

/** The upload that all billed ones are variations of: the check that owns it, when it fails. */
async function blocked({ checks, target, context }: Plan, session: Session): Promise<string | undefined> {
  const baseline = encodeRequest(upload(context.clips.short), target)
  const owner = checks.find(({ requests }) => requests.some(({ id }) => id === baseline.id))
  if (!owner) return undefined
  await session.send([baseline])
  const response = session.of(baseline)[0]?.response
  if (response?.status === 401 || response?.status === 403)
    throw new CredentialsError(
      target.hasToken
        ? `${target.url.href} does not accept the token (${response.status}). Pass one that it knows with --token.`
        : `${target.url.href} asks for a token (${response.status}). Pass one with --token, or in LIVEPEER_AI_TOKEN.`,
    )
  return response && response.status >= 200 && response.status < 300 ? undefined : owner.check.id
}

interface Results {
  checks: CheckResult[]
  lane: Report['contractLane'] | undefined
  gateway: Gateway | undefined
  recognisedBy: string | undefined
}

function toReport(
  options: SuiteOptions,
  { context, distinct, checks: planned }: Plan,
  { session, deviations, waivers, url, now }: Circumstances,
  { checks, lane, gateway, recognisedBy }: Results,
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
  const known = deviationStates(deviations, exchanges, checks)
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>
  for (const { verdict } of checks) counts[verdict]++
  counts.STALE += stale.length + known.filter(({ state }) => state === 'stale').length
  const unfinished = {
    checks,
    counts,
    laneFailed: lane?.verdict === 'FAIL',
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
      ...costOf(exchanges.map(({ request }) => request)),
      ...(options.budgetSeconds !== undefined && { budget: `${options.budgetSeconds}s` }),
    },
    counts,
    conclusion: conclude(unfinished, options.failOn ?? []),
    checks,
    ...(lane && { contractLane: lane }),
    deviations: known,
    drift: [],
    waivers: {
      applied: ownWaivers.filter(isUsed).map(({ id }) => id),
      stale,
      expired: ownWaivers.filter((waiver) => isExpired(waiver, now)).map(({ id }) => id),
    },
    exchanges: exchanges.map(reportedExchange),
  }
}

/** Which of the gateway's deviations were met, and which no longer show where they had to. */
function deviationStates(
  deviations: readonly Deviation[],
  exchanges: readonly Exchange[],
  checks: readonly CheckResult[],
): Report['deviations'] {
  const seen = new Set(checks.flatMap(({ findings }) => findings.map(({ known }) => known?.id)))
  return deviations.map((deviation) => {
    const exercised = exchanges.filter((exchange) => isExercisedBy(deviation, shown(exchange)))
    const isShown = seen.has(deviation.id) || exercised.some((exchange) => shows(deviation, shown(exchange)))
    const url = deviation.evidence.find(({ issue }) => issue !== undefined)?.url ?? deviation.evidence[0]?.url
    const ran = checks.some(({ id }) => deviation.checks.includes(id))
    return {
      id: deviation.id,
      summary: deviation.summary,
      state: isShown ? 'known' : exercised.length && ran ? 'stale' : 'not exercised',
      ...(url && { url }),
    }
  })
}
