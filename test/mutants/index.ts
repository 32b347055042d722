// `npm run mutants` shows which checks find which of the named defects.
import { defects, findDefect, UnknownDefectError } from '@livepeer-ai/mock/defects'
import { parseOptions, runProgram, UsageError } from '@livepeer-ai/openapi/command-line'
import { findGateway, UnknownGatewayError } from '@livepeer-ai/openapi/gateways'
import { listHarmless } from './harmless.ts'
import { runDefault } from './run-default.ts'
import { runMutants, type MutantResult, type MutantsOptions, type MutantsReport } from './run-mutants.ts'
import { startMockMutant, startMutant } from './start-mutant.ts'
import { loadStubTranscriber } from './stub-transcriber.ts'
import { suites, type Suite } from './suites.ts'
import { transcribeSuite } from './transcripts.ts'

const usage = `Usage: npm run mutants -- [options]

Starts the local gateway with each named defect in turn, and runs a suite against it.

  --suite NAME   One of ${Object.keys(suites).join(', ')}. Default: the first one.
  --default      Runs the default profile, as an operator does: its exit code must not be 0.
  --gateway NAME Uses the mock that imitates this gateway instead of the local gateway.
  --only NAME    Only this defect. Repeatable.
  --area NAME    Only the defects of this area. Repeatable.
  --json         Prints the report as JSON.

With --default, a defect may be silent if test/mutants/harmless.ts says why, or if it changes no answer of a full run.

Exit codes: 0 every defect is killed by one of its checks (with --default: ends the run); 1 a defect is not, or a false
alarm; 2 wrong usage.
`
const token = 'good'
const maxBytes = 2 * 1024 * 1024
const timeoutMs = 120_000

const exitCodes = [
  [UsageError, 2],
  [UnknownDefectError, 2],
  [UnknownGatewayError, 2],
] as const

await runProgram(main, { exitCodes, fault: 1 })

async function main(args: string[]): Promise<number> {
  const { suite: name, default: isDefault, gateway, only, area, json, help } = parseValues(args)
  if (help) {
    process.stdout.write(usage)
    return 0
  }
  const suite = suites[name]
  if (!suite) throw new UsageError(`--suite: '${name}' is not one of ${Object.keys(suites).join(', ')}`)
  const unknown = area.find((one) => !defects.some((defect) => defect.area === one))
  if (unknown !== undefined) throw new UsageError(`--area: there is no area '${unknown}'`)
  const named = only.length ? only.map(findDefect) : defects
  const known = gateway === undefined ? undefined : findGateway(gateway).name
  const transcriber = await loadStubTranscriber()
  const exampleFor = known === undefined ? undefined : await transcribeSuite(known, transcriber)
  const site: Site = {
    defects: named.filter((defect) => !area.length || area.includes(defect.area)),
    start: (names) =>
      known
        ? startMockMutant(names, { gateway: known, exampleFor, token, maxBytes })
        : startMutant(names, { transcriber, token, maxBytes }),
    gateway: known,
    token,
    maxBytes,
  }
  return isDefault ? examineDefault(site, json) : examine(name, suite, site, json)
}

/** The mutants, and how to start them. */
type Site = Pick<MutantsOptions, 'defects' | 'start' | 'gateway' | 'token' | 'maxBytes'>

async function examine(name: string, suite: Suite, site: Site, json: boolean): Promise<number> {
  const report = await runMutants({
    suite: name,
    ...suite,
    ...site,
    timeoutMs,
    onResult: json ? undefined : (result) => console.log(formatResult(result)),
  })
  console.log(json ? JSON.stringify(report, null, 2) : formatSummary(report))
  return report.counts.killed < report.mutants.length || report.falseAlarms.length ? 1 : 0
}

async function examineDefault(site: Site, json: boolean): Promise<number> {
  const reasons = listHarmless(site.gateway)
  const results = await runDefault(site)
  const rows = results.map((result) => ({ ...result, reason: reasons[result.name] }))
  const ended = rows.filter(({ exitCode }) => exitCode !== 0)
  const hidden = rows.filter(({ isHidden }) => isHidden)
  const unexplained = rows.filter(({ exitCode, isHidden, reason }) => exitCode === 0 && !isHidden && !reason)
  // Under a gateway, a defect can also break what its deviations change.
  const needless = site.gateway ? [] : ended.filter(({ reason }) => reason)
  if (json) console.log(JSON.stringify(rows, null, 2))
  else {
    for (const { name, exitCode, isHidden, reason = 'NO REASON', text } of rows)
      console.log(`${exitCode || 'silent'} ${name}: ${exitCode ? text : isHidden ? 'changes no answer' : reason}`)
    const of = site.gateway ?? 'the local gateway'
    const visible = rows.length - hidden.length
    console.log(`\n${ended.length} of the ${visible} defects that ${of} can show end the default run with an error.`)
    console.log(`${visible - ended.length} are silent, ${unexplained.length} of them without a reason.`)
  }
  for (const { name } of unexplained) console.error(`${name}: is silent without a reason`)
  for (const { name } of needless) console.error(`${name}: is in harmless.ts, but ends the run`)
  return unexplained.length + needless.length > 0 ? 1 : 0
}

function parseValues(args: string[]) {
  const [suite = ''] = Object.keys(suites)
  return parseOptions({
    args,
    options: {
      suite: { type: 'string', default: suite },
      default: { type: 'boolean', default: false },
      gateway: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      area: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values
}

function formatResult({ name, area, fate, killers, bystanders, error, ms }: MutantResult): string {
  const by = killers.length ? ` by ${killers.join(', ')}` : ''
  const also = bystanders.length ? ` (${killers.length ? 'also' : 'only by'} ${bystanders.join(', ')})` : ''
  return `${fate.padEnd(9)} ${area.padEnd(12)} ${name}${by}${also}${error ? `: ${error}` : ''} ${ms} ms`
}

function formatSummary({ suite, score, counts, mutants, falseAlarms, ms }: MutantsReport): string {
  const left = mutants.filter(({ fate }) => fate !== 'killed')
  return [
    '',
    `Mutation score of ${suite}: ${(100 * score).toFixed(1)} % (${counts.killed} of ${mutants.length} killed by one of their checks, ` +
      `${counts.noticed} noticed only by others, ${counts.survived} survived, ${counts.broken} without findings) in ${(ms / 1000).toFixed(1)} s`,
    ...left.map((result) => `  ${result.name}: ${result.summary}`),
    `False alarms on the gateway without a defect: ${falseAlarms.map(({ id, verdict }) => `${id} ${verdict}`).join(', ') || 'none'}`,
  ].join('\n')
}
