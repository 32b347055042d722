import { mergeReports } from '../merge-reports.ts'
import { writeReports } from '../write-reports.ts'
import { UsageError, type Command } from './command.ts'
import { textOf } from './options.ts'
import { readReport } from './read-report.ts'
import { formatsOf, print } from './run.ts'

/** The reports of shards as one. */
export const merge: Command = {
  synopsis: 'REPORT.json REPORT.json… [options]',
  summary: 'put the reports of the shards of one run together',
  options: ['report', 'out'],
  async run(values, files) {
    if (files.length < 2) throw new UsageError('Name two or more report.json to merge.')
    const report = mergeReports(await Promise.all(files.map(readReport)))
    print(report)
    for (const path of await writeReports(report, formatsOf(values), textOf(values, 'out') ?? 'reports'))
      console.log(`Report: ${path}`)
    return report.conclusion.exitCode
  },
}
