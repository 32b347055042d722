import type { Report, Verdict } from '../report.ts'
import { UsageError, type Command } from './command.ts'
import { suiteOptions, urlOf } from './options.ts'
import { runOptions, runWithProgress } from './run.ts'

/** Several gateways beside each other. */
export const compare: Command = {
  synopsis: 'URL URL… [options]',
  summary: 'run the checks against several gateways and show them side by side',
  options: runOptions.filter((name) => name !== 'url' && name !== 'gateway'),
  async run(values, urls) {
    if (urls.length < 2) throw new UsageError('Name two or more base URLs to compare.')
    const reports: Report[] = []
    for (const url of urls) reports.push(await runWithProgress(await suiteOptions(values, urlOf(url, 'URL'))))
    printMatrix(reports)
    return Math.max(...reports.map(({ conclusion }) => conclusion.exitCode))
  },
}

/** A row for each check on which the gateways do not agree that it passes. */
function printMatrix(reports: Report[]): void {
  const width = 13
  for (const [index, { target, conclusion }] of reports.entries())
    console.log(
      `${String.fromCodePoint(65 + index)}  ${target.url}${target.gatewayTitle ? ` (${target.gatewayTitle})` : ''} ${conclusion.text}`,
    )
  console.log(
    `\n${'check'.padEnd(8)}${reports.map((_, index) => String.fromCodePoint(65 + index).padEnd(width)).join('')}`,
  )
  for (const { id, title } of reports[0]!.checks) {
    const row = reports.map(({ checks }) => checks.find((check) => check.id === id)?.verdict)
    if (row.every((verdict) => verdict === 'PASS')) continue
    console.log(
      `${id.padEnd(8)}${row.map((verdict: Verdict | undefined) => (verdict ?? '').padEnd(width)).join('')}${title}`,
    )
  }
}
