import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Report } from '../report.ts'
import { formatBadge } from './badge.ts'
import { formatCtrf } from './ctrf.ts'
import { formatHar } from './har.ts'
import { formatHtml } from './html/html.ts'
import { formatJson } from './json.ts'
import { formatJUnit } from './junit.ts'
import type { DescriptionSource } from './line-locator.ts'
import { formatMarkdown } from './markdown.ts'
import { formatSarif } from './sarif.ts'
import { writeAttachedFiles, writeFiles } from './write-files.ts'

interface Reporter {
  file: string
  write: (report: Report, source: DescriptionSource) => string
}

/** The formats of a report, each with its file and its writer. */
export const reporters: Record<ReportFormat, Reporter> = {
  json: { file: 'report.json', write: formatJson },
  html: { file: 'report.html', write: formatHtml },
  junit: { file: 'junit.xml', write: formatJUnit },
  sarif: { file: 'report.sarif', write: formatSarif },
  ctrf: { file: 'ctrf.json', write: formatCtrf },
  md: { file: 'summary.md', write: formatMarkdown },
  har: { file: 'report.har', write: formatHar },
  badge: { file: 'badge.json', write: formatBadge },
}

export type ReportFormat = 'json' | 'html' | 'junit' | 'sarif' | 'ctrf' | 'md' | 'har' | 'badge'

export const isReportFormat = (format: string): format is ReportFormat => Object.hasOwn(reporters, format)

/**
 * Writes the report into the folder in each of the formats, and returns the paths.
 * Writes the files that its curl commands send into `report.files`.
 * SARIF points at lines of `source`; default: the published description.
 */
export async function writeReports(
  report: Report,
  formats: readonly ReportFormat[],
  folder: string,
  source?: DescriptionSource,
): Promise<string[]> {
  const description = source ?? (await readPublishedDescription())
  const files = formats.map((format) => {
    const { file, write } = reporters[format]
    return [file, write(report, description)] as const
  })
  await writeAttachedFiles(report.exchanges, folder)
  return writeFiles(files, folder)
}

async function readPublishedDescription(): Promise<DescriptionSource> {
  const path = createRequire(import.meta.url).resolve('@livepeer-ai/openapi/openapi.yaml')
  return { uri: 'packages/openapi/src/generated/openapi.yaml', text: await readFile(path, 'utf8') }
}
