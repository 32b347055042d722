import { createHash } from 'node:crypto'
import { toPointer, type Operation } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { Check, Context, Finding, PlannedCheck, Subject } from '../check.ts'
import type { Exchange, SentRequest } from '../exchange.ts'
import { groupBy } from '../group-by.ts'
import { nameOf, type CheckResult, type ReportedFinding, type Verdict } from '../report.ts'
import type { Session } from '../wire/session.ts'
import { findDeviation, toExchangeFacts } from './find-deviation.ts'
import { isExpired, isWaiverFor, type Waiver } from './waivers.ts'

/** Everything besides the exchanges that a verdict depends on. */
export interface Circumstances {
  context: Context
  session: Pick<Session, 'exchangesOf' | 'confirm' | 'exchanges' | 'cost'>
  deviations: readonly Deviation[]
  waivers: readonly Waiver[]
  url: string
  now: Date
  /** Id of the check whose failure makes the billed checks pointless. */
  blockedBy?: string | undefined
  /** True if the gateway publishes a description of itself. */
  hasOwnDescription?: boolean
}

/** A finding with its fingerprint and its excuses. */
interface WeighedFinding extends Finding {
  fingerprint: string
  known?: Deviation | undefined
  waiver?: Waiver | undefined
}

/** Limit of the exchanges that are repeated to confirm a complaint about all of them. */
const maxConfirmations = 5

/** Judges a check. An unexcused complaint is confirmed by sending the requests again. */
export async function judgeCheck(planned: PlannedCheck, circumstances: Circumstances): Promise<CheckResult> {
  const { requests, hindrance, subject } = planned
  const check: Subjected = subject ? { ...planned.check, ...describeSubject(subject) } : planned.check
  const { session } = circumstances
  const context = { ...circumstances.context, ...subject }
  if (hindrance) return toResult(check, hindrance.verdict, remark(hindrance.reason))
  const exchanges = requests.length
    ? requests.flatMap((request) => session.exchangesOf(request))
    : subject
      ? exchangesWith(subject.operation, circumstances)
      : session.exchanges
  const obstacle = findObstacle(planned, circumstances)
  if (obstacle) return toResult(check, obstacle.verdict, remark(obstacle.reason), obstacle.isSent ? exchanges : [])
  try {
    const findings = weigh(check, check.judge(exchanges, context), circumstances)
    const doubtful = findings.filter(isUnexcused)
    const shown = requests.length ? exchanges : exchangesOf(findings)
    const again = doubtful.length ? await sendAgain(requests, doubtful, session) : undefined
    if (again && !weigh(check, check.judge(again, context), circumstances).some(isUnexcused))
      return toResult(check, 'FLAKY', findings, shown)
    return toResult(check, verdictOf(findings), findings, shown)
  } catch (error) {
    const [reason] = (error as Error).message.split('\n')
    return toResult(check, 'ERROR', remark(`this check failed itself: ${reason}`), exchanges)
  }
}

const byOperation = new WeakMap<Circumstances, Map<unknown, Exchange[]>>()

/** Returns the exchanges with an operation; those of a run are sorted once. */
function exchangesWith(operation: Operation, circumstances: Circumstances): Exchange[] {
  const known =
    byOperation.get(circumstances) ??
    groupBy(circumstances.session.exchanges, ({ request }) => request.plan.operation as unknown)
  byOperation.set(circumstances, known)
  return known.get(operation) ?? []
}

/** Returns the reason why a planned check cannot be judged, or undefined. */
function findObstacle(
  { check, requests }: PlannedCheck,
  { session, blockedBy, hasOwnDescription }: Circumstances,
): { verdict: Verdict; reason: string; isSent: boolean } | undefined {
  if (requests.some((request) => session.exchangesOf(request).length === 0))
    return blockedBy
      ? { verdict: 'BLOCKED', reason: `${blockedBy} fails, so this check would show nothing`, isSent: false }
      : isUnbound(requests)
        ? { verdict: 'BLOCKED', reason: explainUnbound(requests), isSent: false }
        : { verdict: 'SKIPPED', reason: 'the run was interrupted', isSent: false }
  if (check.needs?.includes('live-description') && !hasOwnDescription)
    return { verdict: 'SKIPPED', reason: 'the gateway publishes no description of itself', isSent: true }
  return undefined
}

const isUnbound = (requests: readonly SentRequest[]): boolean =>
  requests.some(({ plan }) => plan.bindings !== undefined)

/** Names the operation that had no value for a path parameter, and the line that gives one. */
function explainUnbound(requests: readonly SentRequest[]): string {
  const { operation, bindings = {} } = requests.find(({ plan }) => plan.bindings)?.plan ?? {}
  const [[name, { from }] = ['', { from: 0 }]] = Object.entries(bindings)
  const source = typeof from === 'number' ? 'the request before it' : from.operation?.operationId
  const line = `${operation?.operationId ?? ''}: { path: { ${name}: … } }`
  return `${source} gave no ${name}: add \`${line}\` to the file of --samples`
}

/** A check with the id of its operation and its place, if the run has several. */
type Subjected = Check & { operation?: string; place?: string }

const describeSubject = ({ operation: { operationId, path, method } }: Subject) => ({
  operation: operationId,
  place: toPointer(['paths', path, method.toLowerCase()]),
})

const remark = (message: string): WeighedFinding[] => [{ severity: 'skip', message, fingerprint: '' }]

function toResult(
  { id, operation, title, area, level, critical, harm, source, remediation }: Subjected,
  verdict: Verdict,
  findings: readonly WeighedFinding[],
  exchanges: readonly Exchange[] = [],
): CheckResult {
  return {
    id,
    ...(operation !== undefined && { operation }),
    title,
    area,
    level,
    critical,
    harm,
    source,
    remediation,
    verdict,
    findings: toReportedFindings(findings),
    exchanges: [...new Set(exchanges.map(({ request }) => request.id))],
    ms: Math.round(exchanges.reduce((sum, { ms }) => sum + ms, 0)),
  }
}

/** Adds to each finding its fingerprint, and the deviation and the waiver that excuse it. */
function weigh(
  check: Subjected,
  findings: readonly Finding[],
  { deviations, waivers, url, now }: Circumstances,
): WeighedFinding[] {
  return findings.map((found) => {
    const finding = check.place === undefined ? found : { pointer: check.place, ...found }
    const { driftClass = '', pointer = '', about = 'body', message, exchange } = finding
    const fingerprint = createHash('sha256')
      .update([nameOf(check), driftClass, pointer, message].join('\n'))
      .digest('hex')
      .slice(0, 16)
    const known = findDeviation(deviations, exchange && toExchangeFacts(exchange), { check: check.id, about })
    const waiver = waivers.find(
      (candidate) =>
        [check.id, nameOf(check), fingerprint].includes(candidate.id) &&
        isWaiverFor(candidate, url) &&
        !isExpired(candidate, now),
    )
    return { ...finding, fingerprint, known, waiver }
  })
}

const isComplaint = ({ severity }: Finding): boolean => severity === 'fail' || severity === 'warn'

const isUnexcused = (finding: WeighedFinding): boolean => isComplaint(finding) && !finding.known && !finding.waiver

/**
 * Sends the requests of a check again; returns undefined if there is no request or no budget.
 * A check without requests of its own repeats the exchanges that it complains about.
 */
async function sendAgain(
  requests: readonly SentRequest[],
  doubtful: readonly WeighedFinding[],
  session: Circumstances['session'],
): Promise<Exchange[] | undefined> {
  const suspects = exchangesOf(doubtful).map(({ request }) => request)
  const again = requests.length ? requests : suspects.slice(0, maxConfirmations)
  return again.length ? session.confirm(again) : undefined
}

const exchangesOf = (findings: readonly Finding[]): Exchange[] => [
  ...new Map(findings.flatMap(({ exchange }) => (exchange ? [[exchange.request.id, exchange] as const] : []))).values(),
]

function verdictOf(findings: readonly WeighedFinding[]): Verdict {
  const unexcused = findings.filter(isUnexcused)
  if (unexcused.some(({ severity }) => severity === 'fail')) return 'FAIL'
  if (unexcused.length) return 'WARN'
  if (findings.some(({ waiver, severity }) => waiver && severity !== 'info')) return 'WAIVED'
  if (findings.some(({ known }) => known)) return 'KNOWN'
  if (findings.some(({ severity }) => severity === 'inconclusive')) return 'INCONCLUSIVE'
  return findings.some(({ severity }) => severity === 'skip') ? 'SKIPPED' : 'PASS'
}

/** Returns one entry for each fingerprint, with its first exchange. */
function toReportedFindings(findings: readonly WeighedFinding[]): ReportedFinding[] {
  const groups = groupBy(findings, ({ fingerprint, known }) => fingerprint + (known?.id ?? ''))
  return [...groups.values()].flatMap((same) => same.slice(0, 1).map((first) => toReportedFinding(first, same.length)))
}

function toReportedFinding(finding: WeighedFinding, times: number): ReportedFinding {
  const { severity, message, fingerprint, exchange, driftClass, pointer, known, waiver } = finding
  const url = known && trackingUrlOf(known)
  return {
    severity,
    message: times > 1 ? `${message} (${times} times)` : message,
    fingerprint,
    ...(exchange && { exchange: exchange.request.id }),
    ...(driftClass && { driftClass }),
    ...(pointer !== undefined && { pointer }),
    ...(known && { known: { id: known.id, ...(url && { url }) } }),
    ...(waiver && { waiver: { reason: waiver.reason, owner: waiver.owner, expires: waiver.expires } }),
  }
}

/** Returns the page where a deviation is tracked: an issue if there is one. */
export const trackingUrlOf = ({ evidence }: Deviation): string | undefined =>
  evidence.find(({ issue }) => issue !== undefined)?.url ?? evidence[0]?.url
