// `npm run mutants`: who notices which of the named defects.
import { parseArgs } from 'node:util'
import { defects, findDefect, UnknownDefectError } from '@livepeer-ai/mock/defects'
import { findGateway, UnknownGatewayError } from '@livepeer-ai/openapi/gateways'
import { runMutants, type MutantResult, type MutantsReport } from './run-mutants.ts'
import { startMockMutant, startMutant } from './start-mutant.ts'
import { loadStubTranscriber } from './stub-transcriber.ts'
import { suites } from './suites.ts'

const usage = `Usage: npm run mutants -- [options]

Starts the local gateway with one named defect after another, and runs a suite against each.

  --suite NAME   ${Object.keys(suites).join(', ')}; the first unless given
  --gateway NAME on top of what this gateway deviates in: the mock in its place, and the suite knows whom it has before it
  --only NAME    this defect alone; may be given again
  --area NAME    the defects of this area alone; may be given again
  --json         the report as JSON

Exit codes: 0 every defect is killed by a check about it, 1 one is not, or the gateway without a defect is accused, 2 wrong usage.
`
const token = 'good'
const maxBytes = 2 * 1024 * 1024
const timeoutMs = 120_000

class UsageError extends Error {}

try {
  await main()
} catch (error) {
  const isUsage = [UsageError, UnknownDefectError, UnknownGatewayError].some((kind) => error instanceof kind)
  console.error(isUsage ? (error as Error).message : error)
  process.exitCode = isUsage ? 2 : 1
}

async function main(): Promise<void> {
  const { suite: name, gateway, only, area, json, help } = parse()
  if (help) return void process.stdout.write(usage)
  const suite = suites[name]
  if (!suite) throw new UsageError(`--suite: there is no '${name}'. There are: ${Object.keys(suites).join(', ')}`)
  const unknown = area.find((one) => !defects.some((defect) => defect.area === one))
  if (unknown !== undefined) throw new UsageError(`--area: no defect is of the area '${unknown}'`)
  const named = only.length ? only.map(findDefect) : defects
  const known = gateway === undefined ? undefined : findGateway(gateway).name
  const transcriber = await loadStubTranscriber()
  const report = await runMutants({
    suite: name,
    ...suite,
    defects: named.filter((defect) => !area.length || area.includes(defect.area)),
    start: (names) =>
      known
        ? startMockMutant(names, { gateway: known, token, maxBytes })
        : startMutant(names, { transcriber, token, maxBytes }),
    ...(known && { gateway: known }),
    token,
    maxBytes,
    timeoutMs,
    ...(!json && { onResult: (result) => console.log(line(result)) }),
  })
  console.log(json ? JSON.stringify(report, null, 2) : summary(report))
  if (report.counts.killed < report.mutants.length || report.falseAlarms.length) process.exitCode = 1
}

function parse() {
  try {
    return parseArgs({
      options: {
        suite: { type: 'string', default: Object.keys(suites)[0]! },
        gateway: { type: 'string' },
        only: { type: 'string', multiple: true, default: [] },
        area: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]!.replace(/\.?$/, '.')} See --help.`)
  }
}

function line({ name, area, fate, killers, bystanders, error, ms }: MutantResult): string {
  const by = killers.length ? ` by ${killers.join(', ')}` : ''
  const also = bystanders.length ? ` (${killers.length ? 'also' : 'only by'} ${bystanders.join(', ')})` : ''
  return `${fate.padEnd(9)} ${area.padEnd(12)} ${name}${by}${also}${error ? `: ${error}` : ''} ${ms} ms`
}

function summary({ suite, score, counts, mutants, falseAlarms, ms }: MutantsReport): string {
  const left = mutants.filter(({ fate }) => fate !== 'killed')
  return [
    '',
    `Mutation score of ${suite}: ${(100 * score).toFixed(1)} % (${counts.killed} of ${mutants.length} killed by a check about them, ` +
      `${counts.noticed} noticed only by others, ${counts.survived} survived, ${counts.broken} without findings) in ${(ms / 1000).toFixed(1)} s`,
    ...left.map((result) => `  ${result.name}: ${result.summary}`),
    `False alarms on the gateway without a defect: ${falseAlarms.map(({ id, verdict }) => `${id} ${verdict}`).join(', ') || 'none'}`,
  ].join('\n')
}
