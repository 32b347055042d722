import { parseOptions, toWholeNumber, UsageError } from '@livepeer-ai/openapi/command-line'
import type { MockOptions } from '../mock-options.ts'
import { isUrl, readSpec } from './read-spec.ts'

/** The options of the command line. */
export interface Values {
  port: string
  host: string
  token?: string
  'max-bytes'?: string
  spec?: string
  gateway?: string
  state: string[]
  defect: string[]
  cors: string[]
  errors: boolean
  'ignore-examples': boolean
  callbacks: boolean
  verbose: boolean
  dynamic: boolean
  seed?: string
  record?: string
  upstream?: string
  replay?: string
  watch: boolean
  'ready-file'?: string
  log: string
  help: boolean
  version: boolean
}

export function parseValues(args: string[]): Values {
  const { values } = parseOptions({
    args,
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      token: { type: 'string' },
      'max-bytes': { type: 'string' },
      spec: { type: 'string' },
      gateway: { type: 'string' },
      state: { type: 'string', multiple: true, default: [] },
      defect: { type: 'string', multiple: true, default: [] },
      cors: { type: 'string', multiple: true, default: [] },
      errors: { type: 'boolean', default: false },
      'ignore-examples': { type: 'boolean', default: false },
      callbacks: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      dynamic: { type: 'boolean', default: false },
      seed: { type: 'string' },
      record: { type: 'string' },
      upstream: { type: 'string' },
      replay: { type: 'string' },
      watch: { type: 'boolean', default: false },
      'ready-file': { type: 'string' },
      log: { type: 'string', default: 'text' },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  })
  return values
}

/** Throws a UsageError for options that do not go together. */
export function checkValues({ spec, gateway, state, record, upstream, replay, watch }: Values): void {
  requireOneOf({ '--spec': spec, '--gateway': gateway })
  requireOneOf({ '--gateway': gateway, '--record': record, '--replay': replay })
  if (state.length && gateway === undefined) throw new UsageError('--state requires --gateway')
  if (watch && (spec === undefined || isUrl(spec))) throw new UsageError('--watch requires --spec with a file')
  if (record !== undefined && upstream === undefined) throw new UsageError('--record requires --upstream')
  if (record === undefined && upstream !== undefined) throw new UsageError('--upstream requires --record')
}

function requireOneOf(values: Record<string, unknown>): void {
  const given = Object.keys(values).filter((name) => values[name] !== undefined)
  if (given.length > 1) throw new UsageError(`${given.join(' and ')}: use only one of them`)
}

/** Returns the options of the command line as options of `startMock`. */
export async function toMockOptions(values: Values): Promise<MockOptions> {
  const { host, spec, gateway, state: states, defect: defects, seed, record, upstream, replay } = values
  return {
    port: toWholeNumber('--port', values.port, 65_535),
    host,
    gateway,
    states,
    defects,
    maxBytes: values['max-bytes'] === undefined ? undefined : toWholeNumber('--max-bytes', values['max-bytes']),
    token: (values.token ?? process.env['LIVEPEER_AI_TOKEN']) || undefined,
    description: spec === undefined ? undefined : await readSpec(spec),
    cors: toOrigins(values.cors),
    errors: values.errors,
    ignoreExamples: values['ignore-examples'],
    callbacks: values.callbacks,
    dynamic: values.dynamic || seed !== undefined,
    seed,
    record: record === undefined || upstream === undefined ? undefined : { directory: record, upstream },
    replay,
  }
}

/** Returns the origins of `--cors`, or undefined for the default. */
function toOrigins(values: readonly string[]): '*' | string[] | undefined {
  if (values.includes('*')) return '*'
  for (const value of values)
    if (!URL.canParse(value) || new URL(value).origin !== value)
      throw new UsageError(`--cors: '${value}' is not an origin such as https://app.example`)
  return values.length ? [...values] : undefined
}
