import { createHash } from 'node:crypto'
import { attachedFilesOf, attachFiles } from '../../attached-files.ts'
import { verdicts, type CheckResult, type Report, type ReportedExchange, type Verdict } from '../../report.ts'
import { cutSecret } from '../../wire/to-reported-exchange.ts'
import { formatProblem } from './lane-problem.ts'
import type { LaneReport, LaneResult, LaneOutcome } from './lane-report.ts'

const verdictOf: Record<LaneOutcome, Verdict> = {
  pass: 'PASS',
  fail: 'FAIL',
  known: 'KNOWN',
  uncovered: 'FAIL',
  'not-provoked': 'SKIPPED',
}

/** Converts a lane report to a report of the suite with one check for each scenario. */
export function toReport({ title, url, startedAt, ms, versions, ok, counts, results }: LaneReport): Report {
  const checks = toChecks(results)
  const { node = process.versions.node, ...tools } = versions
  const bad = counts.fail + counts.uncovered
  return {
    schemaVersion: '1.0',
    suite: {
      name: 'Contract run',
      version: Object.entries(tools)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    },
    contract: { title, version: '', sha256: '' },
    target: { url },
    run: { id: digest(startedAt, url), profile: 'core', startedAt, ms, node, complete: true },
    cost: {
      requests: results.filter(({ request }) => request).length,
      audioSeconds: 0,
      bytesSent: results.reduce((sum, { request }) => sum + (request?.bytes ?? 0), 0),
      usd: 0,
    },
    counts: Object.fromEntries(
      verdicts.map((verdict) => [verdict, checks.filter((one) => one.verdict === verdict).length]),
    ) as Record<Verdict, number>,
    conclusion: ok
      ? { exitCode: 0, text: 'Every scenario was answered as documented' }
      : { exitCode: 1, text: `${bad} of ${results.length} scenarios were not answered as documented` },
    failures: checks.filter(({ verdict }) => verdict === 'FAIL').map(({ id }) => id),
    checks,
    deviations: [],
    drift: [],
    waivers: { applied: [], stale: [], expired: [] },
    exchanges: results.flatMap((result) => toExchanges(result, startedAt)),
  }
}

/** Makes a check of each result. Its id has the expected status and a letter: `CT-422b`. */
export function toChecks(results: readonly LaneResult[]): CheckResult[] {
  return results.map((result, index) => {
    const before = results.slice(0, index).filter(({ status }) => status === result.status)
    return toCheck(result, `CT-${result.status}${toLetters(before.length)}`)
  })
}

const toLetters = (index: number): string =>
  (index >= 26 ? toLetters(Math.floor(index / 26) - 1) : '') + String.fromCodePoint(97 + (index % 26))

const exchangeIdOf = ({ operationId, status, mediaType = '', scenario = '' }: LaneResult): string =>
  digest(operationId, status, mediaType, scenario)

function toCheck(result: LaneResult, id: string): CheckResult {
  const { operationId, status, scenario, outcome, problems, note, request, ms } = result
  const exchange = request ? exchangeIdOf(result) : undefined
  const finding = (severity: 'fail' | 'skip', message: string, place: string) => ({
    severity,
    message,
    fingerprint: digest(operationId, status, scenario ?? '', place),
    ...(exchange && { exchange }),
  })
  return {
    id,
    title: `${scenario ?? 'no scenario'}, expected ${status}`,
    area: `${operationId} ${status}`,
    level: 'MUST',
    critical: false,
    harm: 'client-breaks',
    source: 'OpenAPI description of the operation',
    verdict: verdictOf[outcome],
    findings: [
      ...problems.map((problem) =>
        finding('fail', formatProblem(problem), `${problem.part} ${problem.pointer ?? ''} ${problem.message}`),
      ),
      ...(note ? [finding('skip', note, 'note')] : []),
    ],
    remediation: 'Answer as documented, or document the answer.',
    exchanges: exchange ? [exchange] : [],
    ms,
  }
}

/** Returns the exchange of a result, if its request was sent; all have the start of the lane. */
export function toExchanges(result: LaneResult, startedAt: string): ReportedExchange[] {
  const { method, request, response, ms } = result
  if (!request) return []
  const exchange: ReportedExchange = {
    id: exchangeIdOf(result),
    method,
    url: request.url,
    requestHeaders: Object.entries(request.headers).map(cutSecret),
    requestBytes: request.bytes,
    requestBody: request.bytes ? `<${request.bytes} bytes>` : '',
    ...(response && {
      status: response.status,
      responseHeaders: Object.entries(response.headers).map(cutSecret),
      responseBytes: Buffer.byteLength(response.body),
      responseBody: response.body,
    }),
    startedAt,
    ms,
    ...(request.curl !== undefined && { curl: request.curl }),
  }
  attachFiles(exchange, attachedFilesOf(request))
  return [exchange]
}

const digest = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
