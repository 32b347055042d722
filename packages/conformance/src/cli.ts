#!/usr/bin/env node
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Contract } from '@livepeer-ai/openapi'
import type { ContractResult, Outcome } from './contract/contract-report.ts'
import { problemLine } from './contract/problem.ts'
import { runContract, UnreachableError } from './contract/run-contract.ts'
import { loadScenarios, ScenarioError } from './contract/scenario.ts'
import { isReportFormat, reporters, writeReports } from './contract/write-reports.ts'

const usage = `Usage: livepeer-ai-conformance contract --url URL [options]

Sends the scenarios of every documented status through Dredd and checks each response against the contract.

  --url URL           base URL of the gateway
  --token TOKEN       bearer token (or LIVEPEER_AI_TOKEN)
  --max-bytes N       the gateway's upload limit (default 52428800); one scenario sends a byte more
  --timeout SECONDS   how long one response may take (default 120)
  --report FORMATS    any of ${Object.keys(reporters).join(',')} (default json)
  --out DIR           where the reports go (default reports)
  --contract DIR      another contract: a folder written by \`npm run generate -- --spec FILE --out DIR\`
  --scenarios FILE    the scenarios of that contract

Exit codes: 0 as documented, 1 not as documented or not covered, 2 wrong usage, 3 the gateway cannot be reached, 70 a fault of this program.
`

/** Wrong usage. */
class UsageError extends Error {}

const exitCodes: [new (...parameters: never[]) => Error, number][] = [
  [UsageError, 2],
  [ScenarioError, 2],
  [UnreachableError, 3],
]

const labels: Record<Outcome, string> = {
  pass: 'pass',
  fail: 'FAIL',
  uncovered: 'UNCOVERED',
  'not-provoked': 'not provoked',
}

// A reader that goes away (`| head`) ends the printing, not the run.
process.stdout.on('error', () => {})

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const known = exitCodes.find(([type]) => error instanceof type)
  console.error(known ? (error as Error).message : error)
  process.exitCode = known?.[1] ?? 70
}

async function main(args: string[]): Promise<number> {
  const { values, command } = parse(args)
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  if (command !== 'contract')
    throw new UsageError(
      `${command ? `Unknown command '${command}'` : 'No command'}. The command is: contract. See --help.`,
    )
  const formats = values.report.split(',')
  const unknown = formats.find((format) => !isReportFormat(format))
  if (unknown !== undefined)
    throw new UsageError(`--report: unknown format '${unknown}'. Known: ${Object.keys(reporters).join(', ')}.`)
  const url = httpUrl(values.url)
  const maxBytes = positive('--max-bytes', values['max-bytes'])
  const timeoutMs = positive('--timeout', values.timeout) * 1000
  const contract = await loadContract(values.contract)
  const scenarios = await loadScenarios(
    values.scenarios ?? new URL('../scenarios/audio-to-text.yaml', import.meta.url),
    contract,
  )
  const token = values.token ?? process.env['LIVEPEER_AI_TOKEN']

  const report = await runContract({
    url,
    contract,
    scenarios,
    maxBytes,
    timeoutMs,
    ...(token && { token }),
    onResult: print,
  })
  const { pass, fail, uncovered, 'not-provoked': notProvoked } = report.counts
  console.log(
    `\n${pass} as documented, ${fail} not, ${uncovered} not covered, ${notProvoked} not provoked, in ${(report.ms / 1000).toFixed(1)} s`,
  )
  if (!values.token && report.results.every(({ status, response }) => status === '401' || response?.status === 401)) {
    console.log('Everything was answered 401: pass the token of this gateway with --token.')
  }
  console.log(
    (await writeReports(report, formats.filter(isReportFormat), values.out))
      .map((path) => `Report: ${path}`)
      .join('\n'),
  )
  return report.ok ? 0 : 1
}

function parse(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        token: { type: 'string' },
        'max-bytes': { type: 'string', default: String(50 * 1024 * 1024) },
        timeout: { type: 'string', default: '120' },
        report: { type: 'string', default: 'json' },
        out: { type: 'string', default: 'reports' },
        contract: { type: 'string' },
        scenarios: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (positionals.length > 1) throw new Error(`Unexpected argument '${positionals[1]}'.`)
    return { values, command: positionals[0] }
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]!.replace(/\.?$/, '.')} See --help.`)
  }
}

function httpUrl(url: string | undefined): string {
  if (url === undefined)
    throw new UsageError('--url is missing: the base URL of the gateway, for example --url http://127.0.0.1:4010')
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`--url: '${url}' is not an http or https URL`)
  return url
}

function positive(option: string, value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number <= 0)
    throw new UsageError(`${option}: '${value}' is not a positive whole number`)
  return number
}

async function loadContract(folder: string | undefined): Promise<Contract> {
  if (folder === undefined) return import('@livepeer-ai/openapi/contract')
  try {
    return (await import(pathToFileURL(resolve(folder, 'index.ts')).href)) as Contract
  } catch (error) {
    throw new UsageError(
      `--contract: ${folder} holds no generated contract (${(error as Error).message.split('\n')[0]})`,
    )
  }
}

function print({
  status,
  scenario = 'no scenario for this documented response',
  outcome,
  problems,
  note,
  operationId,
  ms,
}: ContractResult): void {
  console.log(`${labels[outcome].padEnd(12)} ${status}  ${scenario}  (${operationId}, ${ms} ms)`)
  if (note) console.log(`             ${note}`)
  for (const problem of problems) console.log(`             ${problemLine(problem)}`)
}
