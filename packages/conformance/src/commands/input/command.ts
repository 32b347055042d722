import type { ParseArgsOptionsConfig } from 'node:util'

/** A command of the command line. */
export interface Command {
  /** What it takes behind its name, for example `--url URL [options]`. */
  synopsis: string
  summary: string
  /** The options that it understands, of those in `options.ts`. */
  options: readonly OptionName[]
  /** @returns the exit code */
  run: (values: Values, positionals: readonly string[]) => Promise<number>
}

/** Wrong usage. The message says what is wrong and what to write instead. */
export class UsageError extends Error {
  override name = 'UsageError' as const
}

/** Every option of every command, with what the help says of it. */
export const optionTable: Record<OptionName, readonly [value: string, meaning: string]> = {
  url: ['URL', 'base URL of the gateway'],
  token: ['TOKEN', 'bearer token (or LIVEPEER_AI_TOKEN); for compare also one for each URL, with commas'],
  profile: ['NAME', 'smoke, core (default), full, strict, browser, long or drift'],
  only: ['IDS', 'only these checks, for example MP,AU-03'],
  skip: ['IDS', 'all but these checks'],
  gateway: ['NAME', "whose known deviations to expect; recognised unless given, 'none' for none"],
  budget: ['LIMIT', 'how much audio may be billed: 60s or 0.01usd'],
  unsafe: ['', 'also uploads over the limit, and requests that could confuse a proxy'],
  open: ['', 'the gateway is meant to ask for no token'],
  'fail-on': ['GATES', 'also fail (5) on any of should, warn, flaky, stale, drift'],
  waivers: ['FILE', 'accepted failures (default conformance.waivers.yaml, where there is one)'],
  baseline: ['FILE', 'a report.json of before: drift that it has is not new'],
  accept: ['FILE', 'write the drift as an OpenAPI Overlay that accepts it'],
  har: ['FILE', 'judge recorded exchanges instead of sending any'],
  lanes: ['NAMES', 'catalogue,contract (default both; the contract lane needs dredd)'],
  shard: ['I/N', 'only the I-th of N equal shares of the checks'],
  report: ['FORMATS', 'which reports to write'],
  out: ['DIR', 'where the reports go (default reports)'],
  timeout: ['SECONDS', 'how long one answer may take (default 120)'],
  concurrency: ['N', 'requests at the same time (default 4)'],
  'max-bytes': ['N', "the gateway's upload limit (default: that of the gateway, or 52428800)"],
  contract: ['DIR', 'another contract: a folder written by `npm run generate -- --spec FILE --out DIR`'],
  scenarios: ['FILE', 'the scenarios of that contract'],
}

export type OptionName =
  | 'url'
  | 'token'
  | 'profile'
  | 'only'
  | 'skip'
  | 'gateway'
  | 'budget'
  | 'unsafe'
  | 'open'
  | 'fail-on'
  | 'waivers'
  | 'baseline'
  | 'accept'
  | 'har'
  | 'lanes'
  | 'shard'
  | 'report'
  | 'out'
  | 'timeout'
  | 'concurrency'
  | 'max-bytes'
  | 'contract'
  | 'scenarios'

export type Values = Partial<Record<OptionName, string | boolean>>

/** The options of a command as `parseArgs` wants them. */
export const parseConfig = (names: readonly OptionName[]): ParseArgsOptionsConfig =>
  Object.fromEntries(
    names.map((name) => [name, { type: optionTable[name][0] ? ('string' as const) : ('boolean' as const) }]),
  )
