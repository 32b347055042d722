import { createHash } from 'node:crypto'
import { toPointer, type Operation } from '@livepeer-ai/openapi'
import { isAtPath } from '../catalogue/judgements.ts'
import type { PlannedCheck, Subject } from '../check.ts'
import { isOneOf, mediaTypeOf, type Exchange } from '../exchange.ts'
import { groupBy } from '../group-by.ts'
import { isOpen, type CheckResult, type Report, type ReportedFinding, type Verdict } from '../report.ts'

type Lane = NonNullable<Report['contractLane']>

/** The areas whose findings are about the form of a response. */
const formAreas: ReadonlySet<string> = new Set(['errors', 'response'])

/** Id of the check of the valid request. */
const validCheck = 'CN-01'

/**
 * Judges each documented response of an API without a scenario file. The requests of the run stand
 * for the scenarios, and the checks of responses for the judges.
 */
export function judgeDocumented(
  planned: readonly PlannedCheck[],
  exchanges: readonly Exchange[],
  checks: readonly CheckResult[],
): Lane {
  const subjects = new Map(planned.flatMap(({ subject }) => (subject ? [[subject.operation, subject]] : [])))
  const exchangesOf = groupBy(exchanges, ({ request }) => request.plan.operation)
  const checksOf = groupBy(checks, ({ operation }) => operation)
  const results = [...subjects.values()].flatMap((subject) => {
    const { operation } = subject
    const own = (exchangesOf.get(operation) ?? []).filter(({ request }) => isAnswered(request, operation))
    const judged = checksOf.get(operation.operationId) ?? []
    return listDocumented(operation).map((response) => toResult(subject, response, own, judged))
  })
  const count = (verdict: Verdict) => results.filter((one) => one.verdict === verdict).length
  return {
    verdict: count('FAIL') > 0 ? 'FAIL' : 'PASS',
    pass: count('PASS'),
    fail: count('FAIL'),
    known: count('KNOWN'),
    notProvoked: count('SKIPPED'),
    failures: [],
    results,
  }
}

const isAnswered = ({ plan, method }: Exchange['request'], operation: Operation): boolean =>
  method === operation.method && isAtPath(plan, operation)

interface DocumentedResponse {
  id: string
  status: string
  mediaType: string | undefined
  /** The statuses that the operation documents besides. */
  others: readonly string[]
}

/** Lists the responses of an operation: one for each status and media type. */
function listDocumented({ responses }: Operation): DocumentedResponse[] {
  return Object.entries(responses).flatMap(([status, mediaTypes]) =>
    (mediaTypes.length > 0 ? mediaTypes : [undefined]).map((mediaType, index) => ({
      id: `CT-${status}${mediaTypes.length > 1 ? String.fromCodePoint(97 + index) : ''}`,
      status,
      mediaType,
      others: Object.keys(responses).filter((one) => one !== status),
    })),
  )
}

/** Returns true if a documented response is about a status: by itself, as a range, or the rest. */
function isAbout({ status, others }: DocumentedResponse, actual: number): boolean {
  const names = [String(actual), `${Math.floor(actual / 100)}XX`, 'default']
  const rank = names.indexOf(status.replace(/xx$/, 'XX'))
  return rank >= 0 && !names.slice(0, rank).some((name) => others.includes(name))
}

function toResult(
  { operation, sample }: Subject,
  response: DocumentedResponse,
  own: readonly Exchange[],
  checks: readonly CheckResult[],
): CheckResult {
  const { id, status, mediaType } = response
  const answers = own.filter((one) => one.response && isAbout(response, one.response.status))
  const seen = answers.filter(
    (one) =>
      mediaType === undefined || one.response?.body.length === 0 || isOneOf(mediaTypeOf(one.response), [mediaType]),
  )
  const findings = seen.length > 0 ? listFindings(seen, checks) : []
  const reason = seen.length === 0 ? explain(operation, response, own, checks, sample?.problem) : undefined
  return {
    id,
    operation: operation.operationId,
    title: `${operation.method} ${operation.path} answers ${[status, mediaType].filter(Boolean).join(' as ')}`,
    area: 'contract lane',
    level: 'MUST',
    critical: false,
    harm: 'client-breaks',
    source: 'OpenAPI description, responses',
    remediation: 'Answer as documented, or document the answer.',
    verdict: reason === undefined ? verdictOf(findings) : 'SKIPPED',
    findings: reason === undefined ? findings : [toRemark(reason, operation, id)],
    exchanges: [...new Set(seen.map(({ request }) => request.id))].slice(0, 3),
    ms: 0,
  }
}

/** Returns what the checks have found in the form of these responses. */
function listFindings(seen: readonly Exchange[], checks: readonly CheckResult[]): ReportedFinding[] {
  const ids = new Set(seen.map(({ request }) => request.id))
  return checks
    .filter(({ area, verdict }) => formAreas.has(area) && verdict !== 'FLAKY')
    .flatMap((check) =>
      check.findings
        .filter(({ severity, exchange }) => severity === 'fail' && exchange !== undefined && ids.has(exchange))
        .map((finding) => ({ ...finding, message: `${check.id}: ${finding.message}` })),
    )
}

function verdictOf(findings: readonly ReportedFinding[]): Verdict {
  if (findings.some(isOpen)) return 'FAIL'
  return findings.length > 0 ? 'KNOWN' : 'PASS'
}

function toRemark(message: string, { path, method, operationId }: Operation, id: string): ReportedFinding {
  const fingerprint = createHash('sha256').update(`${operationId} ${id}`).digest('hex').slice(0, 16)
  return { severity: 'skip', message, fingerprint, pointer: toPointer(['paths', path, method.toLowerCase()]) }
}

/** Reasons why the requests of the suite do not lead to some statuses. */
const reasons: readonly [status: RegExp, reason: string][] = [
  [/^403$/, 'the credentials of the run may do all that it requests'],
  [/^409$/, 'no request of the run conflicts with the data'],
  [/^413$/, 'no request of the run is too large'],
  [/^429$/, 'the run sends too few requests at a time'],
  [/^5/, 'it takes a fault of the server'],
]

/** Returns the reason why no request has led to a documented response. */
function explain(
  { path, security }: Operation,
  { status, mediaType }: DocumentedResponse,
  own: readonly Exchange[],
  checks: readonly CheckResult[],
  problem: string | undefined,
): string {
  const valid = checks.find(({ id }) => id === validCheck)
  const obstacle = (valid?.verdict === 'PASS' ? undefined : valid?.findings[0]?.message) ?? problem
  const statuses = own.flatMap(({ response }) => response?.status ?? [])
  const got = `${statuses.length} requests got ${joinWithAnd(countStatuses(statuses))}`
  if (obstacle !== undefined && (/^[23]/.test(status) || statuses.length === 0)) return obstacle
  if (mediaType !== undefined && statuses.some((one) => String(one) === status))
    return `no response has this media type: ${got}`
  if (status === '401' && security.flat().length === 0) return 'the operation requires no credentials'
  if (status === '404' && !path.includes('{')) return 'the path has no id'
  const [, reason] = reasons.find(([pattern]) => pattern.test(status)) ?? []
  return reason ?? obstacle ?? (statuses.length > 0 ? got : 'no request was sent')
}

const countStatuses = (statuses: readonly number[]): string[] =>
  [...new Set(statuses)].toSorted((one, other) => one - other).map(String)

const joinWithAnd = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]+)$/, ' and $1')
