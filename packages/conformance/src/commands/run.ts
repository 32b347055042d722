import { costOfExchanges } from '../cost.ts'
import type { Exchange } from '../exchange.ts'
import { judgeHar } from '../judge-har.ts'
import type { CheckResult, Report, Verdict } from '../report.ts'
import { runSuite, type SuiteOptions } from '../run-suite.ts'
import { isReportFormat, reporters, writeReports } from '../write-reports.ts'
import { UsageError, type Command, type OptionName, type Values } from './command.ts'
import { suiteOptions, textOf, urlOf } from './options.ts'
import { readText } from './read-report.ts'

export const runOptions: readonly OptionName[] = [
  'url',
  'token',
  'profile',
  'only',
  'skip',
  'gateway',
  'budget',
  'unsafe',
  'open',
  'fail-on',
  'waivers',
  'baseline',
  'har',
  'lanes',
  'shard',
  'timeout',
  'concurrency',
  'max-bytes',
  'report',
  'out',
]

/** The suite against one gateway. */
export const run: Command = {
  synopsis: '--url URL [options]',
  summary: 'run the checks (the default command)',
  options: runOptions,
  async run(values) {
    const formats = formatsOf(values)
    const har = textOf(values, 'har')
    const report =
      har === undefined
        ? await runWithProgress(await suiteOptions(values, urlOf(textOf(values, 'url'))))
        : await judgeHar(await readText(har), await suiteOptions(values, textOf(values, 'url') ?? ''))
    print(report)
    for (const path of await writeReports(report, formats, textOf(values, 'out') ?? 'reports'))
      console.log(`Report: ${path}`)
    return report.conclusion.exitCode
  },
}

/** The formats of `--report`. */
export function formatsOf(values: Values): Parameters<typeof writeReports>[1] {
  const formats = (textOf(values, 'report') ?? 'json').split(',')
  const unknown = formats.find((format) => !isReportFormat(format))
  if (unknown !== undefined)
    throw new UsageError(`--report: unknown format '${unknown}'. Known: ${Object.keys(reporters).join(', ')}`)
  return formats.filter(isReportFormat)
}

/** Runs the suite; on a terminal it says how far it is, and Ctrl-C ends it with what there is. */
export async function runWithProgress(options: SuiteOptions): Promise<Report> {
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const { stderr } = process
  const exchanges: Exchange[] = []
  try {
    return await runSuite({
      ...options,
      signal: interruption.signal,
      onExchange: (exchange) => {
        exchanges.push(exchange)
        if (!stderr.isTTY) return
        const { requests, audioSeconds } = costOfExchanges(exchanges)
        stderr.write(`\r\u001B[K${requests} requests, ${audioSeconds} s of audio`)
      },
    })
  } finally {
    if (stderr.isTTY) stderr.write('\r\u001B[K')
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

/** Verdicts that need no line of their own. */
const quiet: ReadonlySet<Verdict> = new Set<Verdict>(['PASS', 'SKIPPED', 'DISABLED'])

/** The report in lines: what is not as it should be, and the sum. */
export function print(report: Report): void {
  const {
    checks,
    counts,
    target,
    cost,
    conclusion,
    run: { ms, profile },
    deviations,
    exchanges,
    contractLane,
  } = report
  if (target.gateway) console.log(`${target.gatewayTitle}${target.recognisedBy ? `, by ${target.recognisedBy}` : ''}\n`)
  for (const result of checks) if (!quiet.has(result.verdict)) printResult(result, exchanges)
  for (const { id, summary, state } of deviations)
    if (state === 'stale') console.log(`${'STALE'.padEnd(12)} ${id}  no longer: ${summary}\n`)
  if (contractLane) {
    const { verdict, note, pass, fail, known, notProvoked } = contractLane
    const lane = `contract lane: ${pass} as documented, ${fail} not, ${known} known, ${notProvoked} not provoked`
    console.log(`${verdict.padEnd(12)} ${verdict === 'DISABLED' ? 'contract lane' : lane}${note ? `: ${note}` : ''}\n`)
  }
  const drifted = report.drift.filter(({ known, severity }) => !known && severity !== 'info')
  if (drifted.length)
    console.log(`${drifted.length} differences from the contract: see the command drift, or the report.\n`)
  const sum = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  console.log(`${checks.length} checks of profile ${profile}: ${sum.join(', ')}`)
  console.log(
    `${cost.requests} requests, ${cost.audioSeconds} s of audio (${cost.usd.toFixed(6)} USD), ${(ms / 1000).toFixed(1)} s`,
  )
  console.log(`${target.url} ${conclusion.text}.`)
}

function printResult(
  { id, verdict, level, critical, title, findings, remediation }: CheckResult,
  exchanges: Report['exchanges'],
): void {
  console.log(`${verdict.padEnd(12)} ${id}  ${title}  (${level}${critical ? ', critical' : ''})`)
  for (const { severity, message, known, waiver, exchange } of findings) {
    if (severity === 'info') continue
    console.log(
      `             ${message}${known ? `  [${known.id}${known.url ? `: ${known.url}` : ''}]` : ''}${waiver ? `  [waived until ${waiver.expires}: ${waiver.reason}]` : ''}`,
    )
    const curl = exchanges.find((one) => one.id === exchange)?.curl
    if (curl && !known && (severity === 'fail' || severity === 'warn')) console.log(`             ${curl}`)
  }
  if (verdict === 'FAIL' || verdict === 'WARN') console.log(`             → ${remediation}`)
  console.log()
}
