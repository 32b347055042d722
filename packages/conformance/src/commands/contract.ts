import { defaultMaxBytes } from '@livepeer-ai/openapi'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import { describeGateway, findGateway, listDeviations } from '@livepeer-ai/openapi/gateways'
import { findDredd } from '../contract/dredd/load-dredd.ts'
import { installHint, toDisabledLane } from '../contract/lane.ts'
import { formatProblem } from '../contract/report/lane-problem.ts'
import type { LaneResult, LaneOutcome } from '../contract/report/lane-report.ts'
import { isLaneReportFormat, laneReporters, writeContractReports } from '../contract/report/write-lane-reports.ts'
import { runContract } from '../contract/run-contract.ts'
import { loadScenarios } from '../contract/scenario.ts'
import { formatCost, formatLane } from '../reporters/outline/facts.ts'
import { apiOptions, type Command, type Values } from './input/command.ts'
import { loadContract, numberOf, textOf, tokenOf, urlOf } from './input/options.ts'
import { formatVerdict } from './output/print-report.ts'
import { createReport, parseFormats, writeAllReports } from './run.ts'

const labels: Record<LaneOutcome, string> = {
  pass: 'pass',
  fail: 'FAIL',
  known: 'known',
  uncovered: 'UNCOVERED',
  'not-provoked': 'not provoked',
}

export const contract: Command = {
  synopsis: '--url URL [options]',
  summary: 'judge a response for every documented status: with Dredd, or with the requests of --spec',
  options: ['url', 'token', 'gateway', 'max-bytes', 'timeout', 'report', 'out', 'contract', 'scenarios', ...apiOptions],
  async run(values) {
    if (values.spec !== undefined) return runDocumented(values)
    const formats = (textOf(values, 'report') ?? 'json').split(',')
    const unknown = formats.find((format) => !isLaneReportFormat(format))
    if (unknown !== undefined)
      throw new UsageError(`--report: unknown format '${unknown}'. Known: ${Object.keys(laneReporters).join(', ')}.`)
    if (!findDredd()) throw new UsageError(installHint)
    const url = urlOf(textOf(values, 'url'))
    const name = textOf(values, 'gateway')
    const gateway = name === undefined || name === 'none' ? undefined : findGateway(name)
    const maxBytes = numberOf(values, 'max-bytes') ?? gateway?.limits.maxBytes ?? defaultMaxBytes
    const timeoutMs = (numberOf(values, 'timeout') ?? 120) * 1000
    const token = tokenOf(values)
    const loaded = await loadContract(textOf(values, 'contract'))
    const scenarios = await loadScenarios(
      textOf(values, 'scenarios') ?? new URL('../../scenarios/audio-to-text.yaml', import.meta.url),
      loaded,
    )
    const report = await runContract({
      url,
      contract: loaded,
      scenarios,
      maxBytes,
      timeoutMs,
      token: token || undefined,
      deviations: gateway && (await listDeviations(gateway)),
      known: gateway && (await describeGateway(gateway)),
      onResult: print,
    })
    const { pass, fail, known, uncovered, 'not-provoked': notProvoked } = report.counts
    console.log(
      `\n${pass} as documented, ${fail} failed, ${known} known, ${uncovered} not covered, ${notProvoked} not provoked, in ${(report.ms / 1000).toFixed(1)} s`,
    )
    if (!values.token && report.results.every(({ status, response }) => status === '401' || response?.status === 401))
      console.log('Every answer was 401: pass the token of this gateway with --token.')
    const paths = await writeContractReports(
      report,
      formats.filter(isLaneReportFormat),
      textOf(values, 'out') ?? 'reports',
    )
    console.log(paths.map((path) => `Report: ${path}`).join('\n'))
    return report.ok ? 0 : 1
  },
}

/** Judges each documented response of another API by the requests of the full profile. */
async function runDocumented(values: Values): Promise<number> {
  parseFormats(values)
  const report = await createReport(values, { profile: 'full', lanes: ['contract'] })
  const { results = [], ...lane } = report.contractLane ?? toDisabledLane('the run was interrupted').summary
  for (const { verdict, title, operation, findings } of results) {
    console.log(`${formatVerdict(verdict)} ${title}  (${operation})`)
    for (const { message } of findings) console.log(`             ${message}`)
  }
  console.log(`\n${formatLane(lane)}, ${formatCost(report)}`)
  await writeAllReports(report, values)
  return report.conclusion.exitCode === 130 ? 130 : Number(lane.verdict !== 'PASS')
}

function print({
  status,
  scenario = 'no scenario for this documented response',
  outcome,
  problems,
  note,
  operationId,
  ms,
}: LaneResult): void {
  console.log(`${labels[outcome].padEnd(12)} ${status}  ${scenario}  (${operationId}, ${ms} ms)`)
  if (note) console.log(`             ${note}`)
  for (const problem of problems) console.log(`             ${formatProblem(problem)}`)
}
