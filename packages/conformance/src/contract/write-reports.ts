import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ContractReport } from './contract-report.ts'
import { html } from './reporters/html.ts'
import { junit } from './reporters/junit.ts'

/** The formats of a report, by the extension of its file. */
export const reporters: Record<ReportFormat, (report: ContractReport) => string> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  xml: junit,
  html,
}

export type ReportFormat = 'json' | 'xml' | 'html'

export const isReportFormat = (format: string): format is ReportFormat => format in reporters

/** Writes `contract.<format>` into the folder, each file whole or not at all, and returns the paths. */
export async function writeReports(
  report: ContractReport,
  formats: readonly ReportFormat[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  return Promise.all(
    formats.map(async (format) => {
      const path = join(folder, `contract.${format}`)
      await writeFile(`${path}.part`, reporters[format](report))
      await rename(`${path}.part`, path)
      return path
    }),
  )
}
