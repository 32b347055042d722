import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
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

interface Reporter {
  file: string
  write: (report: Report, source: DescriptionSource) => string
}

/** The formats of a report: the file that each is written to, and what writes it. */
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
 * Writes the report into the folder in each of the formats, each file whole or not at all, and returns the paths.
 * SARIF points at lines of `source`, the published description unless given.
 */
export async function writeReports(
  report: Report,
  formats: readonly ReportFormat[],
  folder: string,
  source?: DescriptionSource,
): Promise<string[]> {
  const description = source ?? (await publishedDescription())
  const files = formats.map((format) => {
    const { file, write } = reporters[format]
    return [file, write(report, description)] as const
  })
  return writeWhole(files, folder)
}

/** Writes each file beside its place and then moves it there: nobody finds half a file. */
export async function writeWhole(
  files: readonly (readonly [name: string, content: string])[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  return Promise.all(
    files.map(async ([name, content]) => {
      const path = join(folder, name)
      const part = `${path}.${process.pid}.part`
      try {
        await writeFile(part, content)
        await rename(part, path)
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
      return path
    }),
  )
}

async function publishedDescription(): Promise<DescriptionSource> {
  const path = createRequire(import.meta.url).resolve('@livepeer-ai/openapi/openapi.yaml')
  return { uri: 'packages/openapi/src/generated/openapi.yaml', text: await readFile(path, 'utf8') }
}
