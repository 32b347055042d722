import { parseOptions, runProgram, UsageError, type ExitCodes } from '@livepeer-ai/openapi/command-line'
import { UnknownGatewayError } from '@livepeer-ai/openapi/gateways'
import { compare } from './commands/compare.ts'
import { contract } from './commands/contract.ts'
import { drift } from './commands/drift.ts'
import { explain } from './commands/explain.ts'
import { optionTable, toParseConfig, type Command, type Values } from './commands/input/command.ts'
import { list } from './commands/list.ts'
import { merge } from './commands/merge.ts'
import { plan } from './commands/plan.ts'
import { replay } from './commands/replay.ts'
import { run } from './commands/run.ts'
import { samples } from './commands/samples.ts'
import { waivers } from './commands/waivers.ts'
import { ScenarioError } from './contract/scenario.ts'
import { SpecFileError } from './description/read-spec.ts'
import { WaiverError } from './judge/waivers.ts'
import { MergeError } from './run/merge-reports.ts'
import { CredentialsError } from './run/probe-gateway.ts'
import { SamplesError } from './samples/read-samples.ts'
import { HarError } from './wire/read-har.ts'
import { UnreachableError } from './wire/unreachable-error.ts'

const commands: Record<string, Command> = {
  run,
  plan,
  list,
  explain,
  replay,
  compare,
  drift,
  contract,
  merge,
  waivers,
  samples,
}

const exitCodes: ExitCodes = [
  [UsageError, 2],
  [ScenarioError, 2],
  [SpecFileError, 2],
  [SamplesError, 2],
  [WaiverError, 2],
  [HarError, 2],
  [MergeError, 2],
  [UnknownGatewayError, 2],
  [UnreachableError, 3],
  [CredentialsError, 4],
]

// A reader that closes the pipe (`| head`) ends the output, not the run.
process.stdout.on('error', () => {})

await runProgram(main, { exitCodes, fault: 70 })

async function main(args: string[]): Promise<number> {
  const [first = ''] = args
  const name = first === '' || first.startsWith('-') ? 'run' : first
  const command = commands[name]
  if (first === '' || first === '--help' || first === '-h') {
    process.stdout.write(formatUsage())
    return first === '' ? 2 : 0
  }
  if (!command)
    throw new UsageError(
      `Unknown command '${name}'. The commands are: ${Object.keys(commands).join(', ')}. See --help.`,
    )
  const { values, positionals } = parseCommand(name === first ? args.slice(1) : args, command)
  if (!values.help) return command.run(values, positionals)
  process.stdout.write(formatHelp(name, command))
  return 0
}

function parseCommand(
  args: string[],
  { options }: Command,
): { values: Values & { help?: boolean }; positionals: string[] } {
  return parseOptions({
    args,
    allowPositionals: true,
    options: { ...toParseConfig(options), help: { type: 'boolean', short: 'h' } },
  })
}

function formatUsage(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  return `Usage: livepeer-ai-conformance [command] --url URL [options]

Checks a gateway against the audio-to-text contract: sends valid and invalid requests, and judges each response.
With --spec FILE, checks the operations of another API.

${lines.join('\n')}

\`livepeer-ai-conformance COMMAND --help\` lists the options of a command.

Exit codes:
  0    the gateway conforms, except for known and waived problems
  1    a MUST check or the contract lane fails, or a MUST check is flaky; drift: a new breaking difference
  2    wrong usage, or an invalid file
  3    no gateway answers at the URL
  4    the gateway rejects the token, or requires one
  5    a --fail-on condition is met
  6    inconclusive: more than a fifth of the checks have no verdict, or no recording was transcribed
  70   internal error of this program
  130  interrupted; the report is partial
`
}

function formatHelp(name: string, { synopsis, summary, options }: Command): string {
  const lines = options.map((option) => {
    const [value, meaning] = optionTable[option]
    return `  ${`--${option} ${value}`.padEnd(20)} ${meaning}\n`
  })
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
  return `Usage: livepeer-ai-conformance ${name} ${synopsis}\n\n${sentence}\n\n${lines.join('')}`
}
