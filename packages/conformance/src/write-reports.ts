import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from './report.ts'

export const reportFormats = ['json'] as const
export type ReportFormat = (typeof reportFormats)[number]
export const isReportFormat = (format: string): format is ReportFormat =>
  reportFormats.some((known) => known === format)

export async function writeReports(
  report: Report,
  formats: readonly ReportFormat[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  return Promise.all(
    formats.map(async (format) => {
      const path = join(folder, `report.${format}`)
      await writeFile(`${path}.part`, JSON.stringify(report, null, 2))
      await rename(`${path}.part`, path)
      return path
    }),
  )
}
