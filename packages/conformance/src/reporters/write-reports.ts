import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Report } from '../report.ts'
import { badge } from './badge.ts'
import { ctrf } from './ctrf.ts'
import { har } from './har.ts'
import { html } from './html/html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import type { DescriptionSource } from './line-locator.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'
import { writeFiles } from './write-files.ts'

interface Reporter {
  file: string
  write: (report: Report, source: DescriptionSource) => string
}

/** The formats of a report, each with its file and its writer. */
export const reporters: Record<ReportFormat, Reporter> = {
  json: { file: 'report.json', write: json },
  html: { file: 'report.html', write: html },
  junit: { file: 'junit.xml', write: junit },
  sarif: { file: 'report.sarif', write: sarif },
  ctrf: { file: 'ctrf.json', write: ctrf },
  md: { file: 'summary.md', write: markdown },
  har: { file: 'report.har', write: har },
  badge: { file: 'badge.json', write: badge },
}

export type ReportFormat = 'json' | 'html' | 'junit' | 'sarif' | 'ctrf' | 'md' | 'har' | 'badge'

export const isReportFormat = (format: string): format is ReportFormat => Object.hasOwn(reporters, format)

/**
 * Writes the report into the folder in each of the formats, and returns the paths.
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
  return writeFiles(files, folder)
}

async function readPublishedDescription(): Promise<DescriptionSource> {
  const path = createRequire(import.meta.url).resolve('@livepeer-ai/openapi/openapi.yaml')
  return { uri: 'packages/openapi/src/generated/openapi.yaml', text: await readFile(path, 'utf8') }
}
