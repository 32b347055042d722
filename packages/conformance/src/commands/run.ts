import { dirname, join } from 'node:path'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import { readSpecFiles } from '../description/read-spec.ts'
import type { Report } from '../report.ts'
import type { DescriptionSource } from '../reporters/line-locator.ts'
import { isReportFormat, reporters, writeReports } from '../reporters/write-reports.ts'
import { judgeHar } from '../run/judge-har.ts'
import { runSuite, type SuiteOptions } from '../run/run-suite.ts'
import { apiOptions, type Command, type OptionName, type Values } from './input/command.ts'
import { toSuiteOptions, textOf, urlOf } from './input/options.ts'
import { readText } from './input/read-report.ts'
import { printReport } from './output/print-report.ts'
import { ProgressLine } from './output/progress.ts'

export const runOptions: readonly OptionName[] = [
  'url',
  'token',
  'profile',
  'only',
  'skip',
  'gateway',
  'budget',
  'unsafe',
  'open',
  'mock',
  'fail-on',
  'allow-flaky',
  'waivers',
  'baseline',
  'har',
  'lanes',
  'shard',
  'timeout',
  'concurrency',
  'max-bytes',
  'report',
  'out',
  ...apiOptions,
]

export const run: Command = {
  synopsis: '--url URL|--har FILE [options]',
  summary: 'run the checks (the default command)',
  options: runOptions,
  async run(values) {
    parseFormats(values)
    const report = await createReport(values)
    printReport(report, outOf(values))
    await writeAllReports(report, values)
    return report.conclusion.exitCode
  },
}

/** Parses `--report`. */
export function parseFormats(values: Values): Parameters<typeof writeReports>[1] {
  const formats = (textOf(values, 'report') ?? 'json').split(',')
  const unknown = formats.find((format) => !isReportFormat(format))
  if (unknown !== undefined)
    throw new UsageError(`--report: unknown format '${unknown}'. Known: ${Object.keys(reporters).join(', ')}`)
  return formats.filter(isReportFormat)
}

/** Runs the suite against a gateway, or judges a recording (`--har`). */
export async function createReport(values: Values, changes: Partial<SuiteOptions> = {}): Promise<Report> {
  const har = textOf(values, 'har')
  if (har !== undefined && values.spec !== undefined) throw new UsageError('--har does not go with --spec')
  if (har !== undefined)
    return judgeHar(await readText(har), { ...(await toSuiteOptions(values, textOf(values, 'url') ?? '')), ...changes })
  return runWithProgress({ ...(await toSuiteOptions(values, urlOf(textOf(values, 'url')))), ...changes })
}

/** Runs the suite with progress on a terminal. Ctrl-C ends it with a partial report. */
export async function runWithProgress(options: SuiteOptions): Promise<Report> {
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const line = new ProgressLine()
  try {
    return await runSuite({
      ...options,
      signal: interruption.signal,
      onProgress: (progress) => line.show(progress),
    })
  } finally {
    line.clear()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

/** Writes the reports of `--report` and prints their paths. */
export async function writeAllReports(report: Report, values: Values, folder?: string): Promise<void> {
  const source = await readSource(values)
  for (const path of await writeReports(report, parseFormats(values), folder ?? outOf(values), source))
    console.log(`Report: ${path}`)
}

/** Reads the files of the description of `--spec`; undefined without it. */
export async function readSource(values: Values): Promise<DescriptionSource | undefined> {
  const spec = textOf(values, 'spec')
  if (spec === undefined) return undefined
  const { others } = await readSpecFiles(spec)
  const read = async (file: string) => ({ uri: file.replaceAll('\\', '/'), text: await readText(file) })
  return { ...(await read(spec)), others: await Promise.all(others.map(async (one) => read(join(dirname(spec), one)))) }
}

/** Returns the folder of `--out`. */
export const outOf = (values: Values): string => textOf(values, 'out') ?? 'reports'
