import { isObject, type OpenAPI } from '@livepeer-ai/openapi'
import { describe, findGateway, listDeviations } from '@livepeer-ai/openapi/gateways'
import { buildReport } from './build-report.ts'
import type { Context } from './check.ts'
import type { FailOn } from './conclude.ts'
import { runContractLane } from './contract-lane.ts'
import { headerOf, mediaTypeOf, type Exchange, type SentRequest } from './exchange.ts'
import type { DriftFinding } from './drift/drift-finding.ts'
import { findDrift } from './drift/find-drift.ts'
import { isAddressed, jsonOf } from './catalogue/judgements.ts'
import { asShown, findDeviation } from './known-deviations.ts'
import { judgeCheck, type Circumstances } from './judge-check.ts'
import { planSuite, type Plan, type PlanOptions } from './plan-suite.ts'
import { recogniseGateway } from './recognise-gateway.ts'
import type { CheckResult, Report } from './report.ts'
import { upload } from './catalogue/requests.ts'
import { Session, type SessionOptions } from './session.ts'
import { UnreachableError } from './unreachable-error.ts'
import type { Waiver } from './waivers.ts'
import { encodeRequest, type Target } from './wire/encode-request.ts'

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

  const { baseline } = options
  const own = ownDescription(session.exchanges)
  const known = gateway && (await describe(gateway))
  const deviations = gateway ? await listDeviations(gateway) : []
  const drift = findDrift({
    contract: plan.context.contract.description,
    exchanges: session.exchanges.filter(
      (exchange) => isPlain(exchange, plan.context) && !findDeviation(deviations, undefined, asShown(exchange)),
    ),
    ...(own && { own }),
    ...(known && { known }),
    ...(baseline && { previous: baseline }),
    now: now.toISOString(),
  })
  const news = drift.findings.filter((finding) => !finding.known)
  const circumstances: Circumstances = {
    context: {
      ...plan.context,
      drift: news,
      ...(baseline && { baseline: new Set(baseline.drift.map(({ fingerprint }) => fingerprint)) }),
    },
    hasOwnDescription: own !== undefined,
    session,
    deviations,
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
          allowUnsafe: options.allowUnsafe ?? false,
          authentication: plan.context.authentication,
          ...(token && { token }),
          ...(timeoutMs && { timeoutMs }),
        })
      : undefined
  return buildReport(options, plan, circumstances, {
    checks,
    drift: drift.findings,
    newDrift: drift.added.filter((finding) => !finding.known && isBreaking(finding)).length,
    ...(lane && { contractLane: lane }),
    ...(gateway && { gateway }),
    ...(recognised && { recognisedBy: recognised.by }),
  })
}

/** What the gateway says about itself, where a check has asked for it. */
function ownDescription(exchanges: readonly Exchange[]): OpenAPI | undefined {
  const exchange = exchanges.find(({ request }) => request.method === 'GET' && request.target.endsWith('/openapi.json'))
  const document = exchange?.response?.status === 200 ? jsonOf(exchange) : undefined
  return isObject(document) && typeof document['openapi'] === 'string' ? (document as unknown as OpenAPI) : undefined
}

/** Whether the contract alone decides what is answered: what a client asks for in `Accept` may be refused in ways that it does not have. */
const isPlain = (exchange: Exchange, context: Context): boolean =>
  isAddressed(exchange, context) &&
  !Object.keys(exchange.request.plan.headers ?? {}).some((name) => name.toLowerCase() === 'accept')

const isBreaking = ({ severity }: DriftFinding): boolean => severity === 'critical' || severity === 'breaking'

const isFree = ({ plan }: SentRequest): boolean => plan.seconds === 0 && !plan.delivery?.followedBy?.seconds

/** Ends the run before it begins when there is no such gateway there. */
async function reach({ target, context }: Plan, session: Session): Promise<void> {
  const probe = encodeRequest({ headers: { Authorization: null }, seconds: 0 }, target)
  await session.send([probe])
  const [exchange] = session.of(probe)
  const where = target.url.href
  const { failure, response } = exchange!
  if (!response)
    throw new UnreachableError(
      `Cannot reach ${where}: ${failure?.message ?? 'no answer'}. Is the gateway running there?`,
    )
  if (isElsewhere(exchange!) && (await isElsewhereWithFile(session, target, context))) {
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

/** Whether a request that there is nothing wrong with fares no better. */
async function isElsewhereWithFile(session: Session, target: Target, { clips }: Context): Promise<boolean> {
  const baseline = encodeRequest(upload(clips.short), target)
  await session.send([baseline])
  const [exchange] = session.of(baseline)
  return !exchange?.response || isElsewhere(exchange)
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
