import { UsageError } from '@livepeer-ai/openapi/command-line'
import { failOnNames } from '../run/conclude.ts'
import { mergeReports } from '../run/merge-reports.ts'
import type { Command } from './input/command.ts'
import { listOf } from './input/options.ts'
import { readReport } from './input/read-report.ts'
import { printReport } from './output/print-report.ts'
import { outOf, writeAllReports } from './run.ts'

export const merge: Command = {
  synopsis: 'REPORT.json REPORT.json… [options]',
  summary: 'merge the reports of the shards of one run',
  options: ['fail-on', 'allow-flaky', 'report', 'out'],
  async run(values, files) {
    if (files.length < 2) throw new UsageError('Name two or more report.json files to merge.')
    const reports = await Promise.all(files.map(readReport))
    const failOn = listOf(values, 'fail-on', failOnNames)
    const report = mergeReports(reports, failOn, values['allow-flaky'] === true)
    printReport(report, outOf(values))
    await writeAllReports(report, values)
    return report.conclusion.exitCode
  },
}
