import { readFile } from 'node:fs/promises'
import { mergeReports } from '../merge-reports.ts'
import type { Report } from '../report.ts'
import { writeReports } from '../write-reports.ts'
import { UsageError, type Command } from './command.ts'
import { textOf } from './options.ts'
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

/** Reads a `report.json`. */
export async function readReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`)
  })
  try {
    const report = JSON.parse(text) as Partial<Report>
    if (report.schemaVersion?.startsWith('1.')) return report as Report
  } catch {
    // What is not JSON is no report either.
  }
  throw new UsageError(`${file}: no report.json of this suite`)
}
