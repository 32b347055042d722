#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { UnknownGatewayError } from '@livepeer-ai/openapi/gateways'
import { optionTable, parseConfig, UsageError, type Command, type Values } from './commands/input/command.ts'
import { compare } from './commands/compare.ts'
import { contract } from './commands/contract.ts'
import { drift } from './commands/drift.ts'
import { explain } from './commands/explain.ts'
import { HarError } from './run/judge-har.ts'
import { list } from './commands/list.ts'
import { merge } from './commands/merge.ts'
import { MergeError } from './run/merge-reports.ts'
import { plan } from './commands/plan.ts'
import { replay } from './commands/replay.ts'
import { run } from './commands/run.ts'
import { waivers } from './commands/waivers.ts'
import { ScenarioError } from './contract/scenario.ts'
import { CredentialsError } from './run/probe-gateway.ts'
import { UnreachableError } from './wire/unreachable-error.ts'
import { WaiverError } from './judge/waivers.ts'

const commands: Record<string, Command> = { run, plan, list, explain, replay, compare, drift, contract, merge, waivers }

const exitCodes: [new (...parameters: never[]) => Error, number][] = [
  [UsageError, 2],
  [ScenarioError, 2],
  [WaiverError, 2],
  [HarError, 2],
  [MergeError, 2],
  [UnknownGatewayError, 2],
  [UnreachableError, 3],
  [CredentialsError, 4],
]

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
  const [first = ''] = args
  const name = first === '' || first.startsWith('-') ? 'run' : first
  const command = commands[name]
  if (first === '' || first === '--help' || first === '-h') {
    process.stdout.write(usage())
    return first === '' ? 2 : 0
  }
  if (!command)
    throw new UsageError(
      `Unknown command '${name}'. The commands are: ${Object.keys(commands).join(', ')}. See --help.`,
    )
  const { values, positionals } = parse(name === first ? args.slice(1) : args, command)
  if (!values.help) return command.run(values, positionals)
  process.stdout.write(help(name, command))
  return 0
}

function parse(args: string[], { options }: Command): { values: Values & { help?: boolean }; positionals: string[] } {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { ...parseConfig(options), help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]!.replace(/\.?$/, '.')} See --help.`)
  }
}

function usage(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  return `Usage: livepeer-ai-conformance [command] --url URL [options]

Does a gateway keep the audio-to-text contract? Sends recordings and wrong requests, and judges each answer.

${lines.join('\n')}

\`livepeer-ai-conformance COMMAND --help\` lists the options of a command.

Exit codes: 0 conforms, 1 a MUST failed, 2 wrong usage, 3 no such gateway there, 4 the token is not accepted,
5 the --fail-on gate, 6 inconclusive, 70 a fault of this program, 130 interrupted (with a partial report).
`
}

function help(name: string, { synopsis, summary, options }: Command): string {
  const lines = options.map((option) => {
    const [value, meaning] = optionTable[option]
    return `  ${`--${option} ${value}`.padEnd(20)} ${meaning}\n`
  })
  return `Usage: livepeer-ai-conformance ${name} ${synopsis}\n\n${summary[0]!.toUpperCase()}${summary.slice(1)}.\n\n${lines.join('')}`
}
