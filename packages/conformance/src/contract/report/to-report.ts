import { createHash } from 'node:crypto'
import { verdicts, type CheckResult, type Report, type ReportedExchange, type Verdict } from '../../report.ts'
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
  const checks = results.map(toCheck)
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
    checks,
    deviations: [],
    drift: [],
    waivers: { applied: [], stale: [], expired: [] },
    exchanges: results.flatMap(toExchanges),
  }
}

const idOf = ({ operationId, status, mediaType = '', scenario = '' }: LaneResult) =>
  digest(operationId, status, mediaType, scenario)

function toCheck(result: LaneResult, index: number): CheckResult {
  const { operationId, status, scenario, outcome, problems, note, request, ms } = result
  const exchange = request ? idOf(result) : undefined
  const finding = (severity: 'fail' | 'skip', message: string, place: string) => ({
    severity,
    message,
    fingerprint: digest(operationId, status, scenario ?? '', place),
    ...(exchange && { exchange }),
  })
  return {
    id: `CT-${String(index + 1).padStart(2, '0')}`,
    title: scenario ?? '(no scenario)',
    area: `${operationId} ${status}`,
    level: 'MUST',
    critical: false,
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

function toExchanges(result: LaneResult): ReportedExchange[] {
  const { method, request, response, ms } = result
  if (!request) return []
  return [
    {
      id: idOf(result),
      method,
      url: request.url,
      requestHeaders: Object.entries(request.headers),
      requestBytes: request.bytes,
      requestBody: '',
      ...(response && {
        status: response.status,
        responseHeaders: Object.entries(response.headers),
        responseBytes: Buffer.byteLength(response.body),
        responseBody: response.body,
      }),
      startedAt: '',
      ms,
    },
  ]
}

const digest = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
