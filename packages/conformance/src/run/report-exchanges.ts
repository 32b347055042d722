import { attachFiles } from '../attached-files.ts'
import type { PlannedCheck } from '../check.ts'
import type { Exchange, SentRequest } from '../exchange.ts'
import { isOpen, listEvidence, type CheckResult, type ReportedExchange } from '../report.ts'
import { joinCurls, quote, toCurl, type CurlCommand } from '../wire/to-curl.ts'
import { toReportedExchange } from '../wire/to-reported-exchange.ts'

interface Repetition {
  checks: readonly PlannedCheck[]
  url: string
  hasToken: boolean
  /** Additional options of the command `replay`. */
  options: string
}

/** Returns the exchanges for readers, with commands that repeat those that show a finding. */
export function reportExchanges(
  exchanges: readonly Exchange[],
  results: readonly CheckResult[],
  repetition: Repetition,
): ReportedExchange[] {
  const evidence = new Set(
    results.flatMap((check) => check.findings.filter(isOpen).flatMap((finding) => listEvidence(check, finding))),
  )
  const requests = exchanges.map(({ request }) => request)
  return exchanges.map((exchange) => {
    const { request } = exchange
    const isEvidence = evidence.has(request.id)
    const curl = findCurl(request, requests)
    const isComplete = curl && (isEvidence || curl.files.length === 0)
    const reported = toReportedExchange(exchange, {
      ...(isComplete && { curl: curl.command }),
      ...(isEvidence && !curl && toReplay(request, results, repetition)),
    })
    if (isComplete) attachFiles(reported, curl.files)
    return reported
  })
}

/** Returns the command for a request, together with the requests that are sent at the same time. */
function findCurl(request: SentRequest, requests: readonly SentRequest[]): CurlCommand | undefined {
  const { together } = request.plan.delivery ?? {}
  if (together === undefined) return toCurl(request)
  const group = requests.filter(({ plan }) => plan.delivery?.together === together).map(toCurl)
  const commands = group.filter((curl) => curl !== undefined)
  return commands.length === group.length ? joinCurls(commands) : undefined
}

function toReplay(
  { id, isPartial }: SentRequest,
  results: readonly CheckResult[],
  { checks, url, hasToken, options }: Repetition,
): Pick<ReportedExchange, 'replay'> {
  const users = new Set(results.filter(({ exchanges }) => exchanges.includes(id)).map((result) => result.id))
  const owner = checks.find(({ check, requests }) => requests.length > 0 && users.has(check.id))
  if (isPartial || !owner) return {}
  const words = ['npx @livepeer-ai/conformance replay', owner.check.id, '--url', quote(url)]
  if (hasToken) words.push('--token "$TOKEN"')
  if (owner.check.needs?.includes('unsafe')) words.push('--unsafe')
  return { replay: words.join(' ') + options }
}
