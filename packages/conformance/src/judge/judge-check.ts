import { createHash } from 'node:crypto'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { Check, Context, Finding, PlannedCheck } from '../check.ts'
import { groupBy } from '../group-by.ts'
import type { Exchange, SentRequest } from '../exchange.ts'
import { findDeviation, toExchangeFacts } from './find-deviation.ts'
import type { CheckResult, ReportedFinding, Verdict } from '../report.ts'
import type { Session } from '../wire/session.ts'
import { isExpired, isWaiverFor, type Waiver } from './waivers.ts'

/** What a verdict depends on besides the exchanges. */
export interface Circumstances {
  context: Context
  session: Pick<Session, 'of' | 'confirm' | 'exchanges' | 'cost'>
  deviations: readonly Deviation[]
  waivers: readonly Waiver[]
  url: string
  now: Date
  /** Id of the check whose failure makes the billed ones pointless. */
  blockedBy?: string
  /** Whether the gateway publishes a description of itself. */
  hasOwnDescription?: boolean
}

/** A finding and why it is, or is not, news. */
interface Weighed extends Finding {
  fingerprint: string
  known?: Deviation
  waiver?: Waiver
}

/** At most so many exchanges are sent again to confirm what a check found in all of them. */
const maxConfirmations = 5

/** Judges a check, and confirms what it finds fault with unless that is known. */
export async function judgeCheck(
  { check, requests, hindrance }: PlannedCheck,
  circumstances: Circumstances,
): Promise<CheckResult> {
  const { session, context, blockedBy, hasOwnDescription } = circumstances
  const result = (
    verdict: Verdict,
    findings: readonly Weighed[] = [],
    exchanges: readonly Exchange[] = [],
  ): CheckResult => ({
    ...copyCheck(check),
    verdict,
    findings: toReportedFindings(findings),
    exchanges: [...new Set(exchanges.map(({ request }) => request.id))],
    ms: Math.round(exchanges.reduce((sum, { ms }) => sum + ms, 0)),
  })
  const remark = (message: string): Weighed[] => [{ severity: 'skip', message, fingerprint: '' }]
  if (hindrance) return result(hindrance.verdict, remark(hindrance.reason))
  const exchanges = requests.length ? requests.flatMap((request) => session.of(request)) : session.exchanges
  if (requests.some((request) => session.of(request).length === 0)) {
    return blockedBy
      ? result('BLOCKED', remark(`${blockedBy} fails, so this would tell nothing`))
      : result('SKIPPED', remark('the run was interrupted'))
  }
  if (check.needs?.includes('live-description') && !hasOwnDescription)
    return result('SKIPPED', remark('the gateway publishes no description of itself'), exchanges)
  try {
    const findings = weigh(check, check.judge(exchanges, context), circumstances)
    const doubtful = findings.filter(isNews)
    const shown = requests.length ? exchanges : exchangesOf(findings)
    const again = doubtful.length ? await sendAgain(requests, doubtful, session) : undefined
    if (again && !weigh(check, check.judge(again, context), circumstances).some(isNews))
      return result('FLAKY', findings, shown)
    return result(verdictOf(check, findings), findings, shown)
  } catch (error) {
    return result('ERROR', remark(`this check failed itself: ${(error as Error).message.split('\n')[0]}`), exchanges)
  }
}

/** All of a check that does not depend on the run. */
function copyCheck({
  id,
  title,
  area,
  level,
  critical,
  stability,
  source,
  remediation,
}: Check): Omit<CheckResult, 'verdict' | 'findings' | 'exchanges' | 'ms'> {
  return { id, title, area, level, critical: critical ?? false, stability, source, remediation }
}

function weigh(
  check: Check,
  findings: readonly Finding[],
  { deviations, waivers, url, now }: Circumstances,
): Weighed[] {
  return findings.map((finding) => {
    const { driftClass = '', pointer = '', message } = finding
    const fingerprint = createHash('sha256')
      .update([check.id, driftClass, pointer, message].join('\n'))
      .digest('hex')
      .slice(0, 16)
    const known = findDeviation(deviations, check, finding.exchange && toExchangeFacts(finding.exchange))
    const waiver = waivers.find(
      (candidate) =>
        [check.id, fingerprint].includes(candidate.id) && isWaiverFor(candidate, url) && !isExpired(candidate, now),
    )
    return { ...finding, fingerprint, ...(known && { known }), ...(waiver && { waiver }) }
  })
}

const isFault = ({ severity }: Finding): boolean => severity === 'fail' || severity === 'warn'

const isNews = (finding: Weighed): boolean => isFault(finding) && !finding.known && !finding.waiver

/** What sending it again shows; undefined when there is nothing to send, or no budget. A check that reads the exchanges of others gets those again that it found fault with. */
async function sendAgain(
  requests: readonly SentRequest[],
  doubtful: readonly Weighed[],
  session: Circumstances['session'],
): Promise<Exchange[] | undefined> {
  const suspects = exchangesOf(doubtful).map(({ request }) => request)
  const again = requests.length ? requests : suspects.slice(0, maxConfirmations)
  return again.length ? session.confirm(again) : undefined
}

const exchangesOf = (findings: readonly Finding[]): Exchange[] => [
  ...new Map(findings.flatMap(({ exchange }) => (exchange ? [[exchange.request.id, exchange] as const] : []))).values(),
]

function verdictOf({ stability }: Check, findings: readonly Weighed[]): Verdict {
  const news = findings.filter(isNews)
  if (news.some(({ severity }) => severity === 'fail')) return stability === 'experimental' ? 'WARN' : 'FAIL'
  if (news.length) return 'WARN'
  if (findings.some(({ waiver, severity }) => waiver && severity !== 'info')) return 'WAIVED'
  if (findings.some(({ known }) => known)) return 'KNOWN'
  if (findings.some(({ severity }) => severity === 'inconclusive')) return 'INCONCLUSIVE'
  return findings.some(({ severity }) => severity === 'skip') ? 'SKIPPED' : 'PASS'
}

/** One entry for each fingerprint, with the first exchange that shows it. */
function toReportedFindings(findings: readonly Weighed[]): ReportedFinding[] {
  return [...groupBy(findings, ({ fingerprint, known }) => fingerprint + (known?.id ?? '')).values()].map((same) => {
    const { severity, message, fingerprint, exchange, driftClass, pointer, known, waiver } = same[0]!
    const url = known?.evidence.find(({ issue }) => issue !== undefined)?.url ?? known?.evidence[0]?.url
    return {
      severity,
      message: same.length > 1 ? `${message} (${same.length} times)` : message,
      fingerprint,
      ...(exchange && { exchange: exchange.request.id }),
      ...(driftClass && { driftClass }),
      ...(pointer !== undefined && { pointer }),
      ...(known && { known: { id: known.id, ...(url && { url }) } }),
      ...(waiver && { waiver: { reason: waiver.reason, owner: waiver.owner, expires: waiver.expires } }),
    }
  })
}
