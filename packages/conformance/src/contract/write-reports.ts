import { html } from '../reporters/html/html.ts'
import { junit } from '../reporters/junit.ts'
import { writeWhole } from '../reporters/write-reports.ts'
import { asReport } from './as-report.ts'
import type { ContractReport } from './contract-report.ts'

/** The formats of a contract report, by the extension of its file. */
export const reporters: Record<ReportFormat, (report: ContractReport) => string> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  xml: (report) => junit(asReport(report)),
  html: (report) => html(asReport(report)),
}

export type ReportFormat = 'json' | 'xml' | 'html'

export const isReportFormat = (format: string): format is ReportFormat => Object.hasOwn(reporters, format)

/** Writes `contract.<format>` into the folder, each file whole or not at all, and returns the paths. */
export async function writeReports(
  report: ContractReport,
  formats: readonly ReportFormat[],
  folder: string,
): Promise<string[]> {
  return writeWhole(
    formats.map((format) => [`contract.${format}`, reporters[format](report)] as const),
    folder,
  )
}
