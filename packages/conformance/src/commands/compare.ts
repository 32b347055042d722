import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import type { Report } from '../report.ts'
import { listDiffering, formatMatrix } from '../reporters/html/matrix.ts'
import { writeFiles } from '../reporters/write-files.ts'
import { CredentialsError } from '../run/probe-gateway.ts'
import { UnreachableError } from '../wire/unreachable-error.ts'
import type { Command, Values } from './input/command.ts'
import { toSuiteOptions, textOf, urlOf } from './input/options.ts'
import { readReport } from './input/read-report.ts'
import { formatVerdict } from './output/print-report.ts'
import { parseFormats, outOf, runOptions, runWithProgress, writeAllReports } from './run.ts'

export const compare: Command = {
  synopsis: 'URL URL… [options]',
  summary: 'compare several gateways; a URL can be replaced by a report.json',
  options: runOptions.filter((name) => !['url', 'har', 'shard', 'baseline'].includes(name)),
  async run(values, places) {
    if (places.length < 2) throw new UsageError('Name two or more base URLs or report.json files to compare.')
    parseFormats(values)
    const tokens = splitByPlace(values, 'token', places)
    const gateways = splitByPlace(values, 'gateway', places)
    const reports: Report[] = []
    const exitCodes: number[] = []
    for (const [index, place] of places.entries()) {
      const token = tokens[index] ?? tokens[0]
      const gateway = gateways[index] ?? gateways[0]
      const report = await loadOrRun(place, { ...values, token, gateway })
      if (typeof report === 'number') exitCodes.push(report)
      else reports.push(report)
    }
    exitCodes.push(...reports.map(({ conclusion }) => conclusion.exitCode))
    if (reports.length) {
      printMatrix(reports)
      for (const page of await writeFiles([['compare.html', formatMatrix(reports)]], outOf(values)))
        console.log(`\nReport: ${page}`)
      for (const [index, report] of reports.entries())
        await writeAllReports(report, values, join(outOf(values), nameOf(index)))
    }
    return Math.max(...exitCodes)
  },
}

/** Splits an option at its commas: no value, one for all places, or one for each place. */
function splitByPlace(values: Values, name: 'token' | 'gateway', places: readonly string[]): string[] {
  const parts = textOf(values, name)?.split(',') ?? []
  if (parts.length > 1 && parts.length !== places.length)
    throw new UsageError(
      `--${name}: ${parts.length} ${name}s for ${places.length} gateways; pass one ${name}, or one per gateway`,
    )
  return parts
}

/** Returns the report, or the exit code if there is none: the other gateways are still compared. */
async function loadOrRun(place: string, values: Values): Promise<Report | number> {
  if (existsSync(place)) return readReport(place)
  try {
    return await runWithProgress(await toSuiteOptions(values, urlOf(place, place)))
  } catch (error) {
    if (!(error instanceof UnreachableError || error instanceof CredentialsError)) throw error
    console.error(error.message)
    return error instanceof UnreachableError ? 3 : 4
  }
}

const nameOf = (index: number) => String.fromCodePoint(65 + index)

/** Prints a row for each check that at least one gateway does not pass. */
function printMatrix(reports: readonly Report[]): void {
  for (const [index, { target, conclusion }] of reports.entries())
    console.log(
      `${nameOf(index)}  ${target.url}${target.gatewayTitle ? ` (${target.gatewayTitle})` : ''} ${conclusion.text}`,
    )
  const differing = listDiffering(reports)
  const width = Math.max(8, ...differing.map(({ id }) => id.length + 2))
  console.log(`\n${'check'.padEnd(width)}${reports.map((_, index) => nameOf(index).padEnd(13)).join('')}`)
  for (const { id, title, verdicts } of differing)
    console.log(
      `${id.padEnd(width)}${verdicts.map((verdict) => (verdict ? formatVerdict(verdict, 13) : 'not run'.padEnd(13))).join('')}${title}`,
    )
}
