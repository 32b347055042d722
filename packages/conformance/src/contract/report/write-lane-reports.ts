import { formatHtml } from '../../reporters/html/html.ts'
import { formatJUnit } from '../../reporters/junit.ts'
import { writeAttachedFiles, writeFiles } from '../../reporters/write-files.ts'
import type { LaneReport } from './lane-report.ts'
import { toReport } from './to-report.ts'

/** The formats of a lane report, by the extension of its file. */
export const laneReporters: Record<LaneReportFormat, (report: LaneReport) => string> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  xml: (report) => formatJUnit(toReport(report)),
  html: (report) => formatHtml(toReport(report)),
}

export type LaneReportFormat = 'json' | 'xml' | 'html'

export const isLaneReportFormat = (format: string): format is LaneReportFormat => Object.hasOwn(laneReporters, format)

/** Writes `contract.<format>` into the folder and returns the paths. */
export async function writeContractReports(
  report: LaneReport,
  formats: readonly LaneReportFormat[],
  folder: string,
): Promise<string[]> {
  await writeAttachedFiles(
    report.results.flatMap(({ request }) => request ?? []),
    folder,
  )
  return writeFiles(
    formats.map((format) => [`contract.${format}`, laneReporters[format](report)] as const),
    folder,
  )
}
