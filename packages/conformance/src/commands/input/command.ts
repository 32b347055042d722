import type { ParseArgsOptionsConfig } from 'node:util'

/** A command of the command line. */
export interface Command {
  /** The arguments, for example `--url URL [options]`. */
  synopsis: string
  summary: string
  options: readonly OptionName[]
  /** @returns the exit code */
  run: (values: Values, positionals: readonly string[]) => Promise<number>
}

/** Every option of every command, with its help text. */
export const optionTable: Record<OptionName, readonly [value: string, meaning: string]> = {
  url: ['URL', 'base URL of the gateway, or of the API of --spec'],
  token: ['TOKEN', 'bearer token (or LIVEPEER_AI_TOKEN); compare also accepts one per URL, separated by commas'],
  profile: ['NAME', 'smoke, core (default), full, strict, browser, long or drift'],
  only: ['IDS', 'run only these checks or areas, for example MP,AU-03'],
  skip: ['IDS', 'skip these checks or areas'],
  gateway: [
    'NAME',
    'audio-to-text: gateway whose known deviations to expect, or none; compare also accepts one per URL',
  ],
  budget: ['LIMIT', 'audio-to-text: limit for billed audio: 60s or 0.01usd'],
  unsafe: ['', 'audio-to-text: also send uploads over the limit, and requests that could confuse a proxy'],
  open: ['', 'expect a server that requires no credentials'],
  mock: ['', 'expect a mock server: leave out the checks that need its data or known credentials'],
  'fail-on': ['GATES', 'also fail (exit code 5) on any of should, warn, flaky, stale, drift'],
  'allow-flaky': ['', 'do not fail for a MUST check that fails once and passes when repeated'],
  waivers: ['FILE', 'accepted failures; default: conformance.waivers.yaml if it exists'],
  baseline: ['FILE', 'report.json of a previous run; its drift is not new'],
  accept: ['FILE', 'write an OpenAPI Overlay that accepts the drift'],
  har: ['FILE', 'audio-to-text: judge recorded exchanges; sends nothing'],
  lanes: ['NAMES', 'catalogue, contract or both (default); without --spec, the contract lane requires dredd'],
  shard: ['I/N', 'run only the I-th of N equal shares of the checks'],
  report: ['FORMATS', 'report formats, separated by commas; default: json'],
  out: ['DIR', 'folder for the reports; default: reports'],
  timeout: ['SECONDS', 'time limit of one response; default: 120'],
  concurrency: ['N', 'number of requests at the same time; default: 4'],
  'max-bytes': ['N', 'audio-to-text: upload limit of the gateway; default: that of a known gateway, or 52428800'],
  contract: ['DIR', 'another contract: a folder written by `npm run generate -- --spec FILE --out DIR`'],
  scenarios: ['FILE', 'scenarios of that contract'],
  spec: ['FILE', 'OpenAPI description of another API, instead of audio-to-text'],
  samples: ['FILE', 'values of valid requests of that API; `samples init` writes such a file'],
  credential: ['NAME=VALUE', 'credentials of a security scheme of that API, USER:PASSWORD for basic; repeatable'],
  'allow-writes': ['', 'also send valid requests that change data'],
  'max-requests': ['N', 'limit of the planned requests of an operation; default: 60'],
  operation: ['IDS', 'check only these operations of that API, by operationId'],
  tag: ['TAGS', 'check only operations with these tags'],
  path: ['PATHS', 'check only operations whose paths begin like this'],
}

/** Options that may be repeated. */
const repeatable: ReadonlySet<OptionName> = new Set(['credential'])

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
  | 'mock'
  | 'fail-on'
  | 'allow-flaky'
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
  | 'spec'
  | 'samples'
  | 'credential'
  | 'allow-writes'
  | 'max-requests'
  | 'operation'
  | 'tag'
  | 'path'

/** The options that select and call the operations of another API. */
export const apiOptions: readonly OptionName[] = [
  'spec',
  'samples',
  'credential',
  'allow-writes',
  'max-requests',
  'operation',
  'tag',
  'path',
]

export type Values = { [name in OptionName]?: string | boolean | string[] | undefined }

/** Converts options to the configuration of `parseArgs`. */
export const toParseConfig = (names: readonly OptionName[]): ParseArgsOptionsConfig =>
  Object.fromEntries(
    names.map((name) => [
      name,
      { type: optionTable[name][0] ? ('string' as const) : ('boolean' as const), multiple: repeatable.has(name) },
    ]),
  )
