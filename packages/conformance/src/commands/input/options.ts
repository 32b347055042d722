import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { listOperations, type Contract, type OpenAPI } from '@livepeer-ai/openapi'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import { findGateway } from '@livepeer-ai/openapi/gateways'
import { catalogue } from '../../catalogue/index.ts'
import { profileNames, type ProfileName } from '../../check.ts'
import { findScheme } from '../../description/credentials.ts'
import { readSpec } from '../../description/read-spec.ts'
import { loadWaivers } from '../../judge/waivers.ts'
import { failOnNames } from '../../run/conclude.ts'
import { laneNames } from '../../run/plan-suite.ts'
import type { SuiteOptions } from '../../run/run-suite.ts'
import { findUnknownNames } from '../../run/select-checks.ts'
import { readSamples } from '../../samples/read-samples.ts'
import { parseBudget } from '../../wire/cost.ts'
import { apiOptions, optionTable, type OptionName, type Values } from './command.ts'
import { readReport } from './read-report.ts'

/** Returns the text of an option, or undefined if it is absent. */
export function textOf(values: Values, name: OptionName): string | undefined {
  const value = values[name]
  if (value === '') throw new UsageError(`--${name}: expected ${optionTable[name][0]}, found an empty value`)
  return typeof value === 'string' ? value : undefined
}

/** Splits a list at its commas. Throws a UsageError for an item that is not in `known`. */
export function listOf<Item extends string>(
  values: Values,
  name: OptionName,
  known?: readonly Item[],
): Item[] | undefined {
  const items = textOf(values, name)
    ?.split(',')
    .map((item) => item.trim())
  const unknown = known && items?.find((item) => !known.some((one) => one === item))
  if (known && unknown !== undefined)
    throw new UsageError(`--${name}: unknown '${unknown}'. Known: ${known.join(', ')}`)
  return items as Item[] | undefined
}

/** Returns the profile, or undefined if it is absent. */
export function profileOf(values: Values): ProfileName | undefined {
  const profiles = listOf(values, 'profile', profileNames) ?? []
  if (profiles.length > 1) throw new UsageError(`--profile: name only one of ${profileNames.join(', ')}`)
  return profiles[0]
}

/** Returns a positive whole number, or undefined if the option is absent. */
export function numberOf(values: Values, name: OptionName): number | undefined {
  const text = textOf(values, name)
  if (text === undefined) return undefined
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number <= 0)
    throw new UsageError(`--${name}: '${text}' is not a positive whole number`)
  return number
}

/** Returns a base URL. Throws a UsageError if it is missing or invalid. */
export function urlOf(text: string | undefined, name = '--url'): string {
  if (text === undefined)
    throw new UsageError(`${name} is missing: the base URL of the server, for example --url http://127.0.0.1:4010`)
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`${name}: '${text}' is not an http or https URL`)
  if (new URL(text).username || new URL(text).password)
    throw new UsageError(`${name}: leave the credentials out of the URL and pass --token`)
  return text
}

export const tokenOf = (values: Values): string | undefined =>
  textOf(values, 'token') ?? process.env['LIVEPEER_AI_TOKEN']

/** Converts command line options to those of a run. */
export async function toSuiteOptions(values: Values, url: string): Promise<SuiteOptions> {
  const timeout = numberOf(values, 'timeout')
  const file = textOf(values, 'waivers') ?? (existsSync(defaultWaivers) ? defaultWaivers : undefined)
  const gateway = textOf(values, 'gateway')
  const baseline = textOf(values, 'baseline')
  if (gateway !== undefined && gateway !== 'none') findGateway(gateway)
  const api = await readApi(values)
  return omitUndefined({
    url,
    token: tokenOf(values),
    ...api,
    profile: profileOf(values),
    only: checkIds(values, 'only'),
    skip: checkIds(values, 'skip'),
    shard: shardOf(values),
    gateway: api ? 'none' : gateway,
    budgetSeconds: budgetOf(values),
    allowUnsafe: values.unsafe === true,
    isMock: values.mock === true,
    authentication: values.open === true ? ('none' as const) : ('required' as const),
    baseline: baseline === undefined ? undefined : await readReport(baseline),
    lanes: listOf(values, 'lanes', laneNames),
    failOn: listOf(values, 'fail-on', failOnNames),
    allowFlaky: values['allow-flaky'] === true,
    waivers: file === undefined ? [] : await loadWaivers(file, new Date()),
    timeoutMs: timeout && timeout * 1000,
    // The requests of an API with state are sent one after the other.
    concurrency: numberOf(values, 'concurrency') ?? (api && 1),
    maxBytes: numberOf(values, 'max-bytes'),
  })
}

/** Reads the options about another API; undefined without `--spec`. */
async function readApi(values: Values): Promise<Pick<SuiteOptions, 'api' | 'secrets'> | undefined> {
  const spec = textOf(values, 'spec')
  if (spec === undefined) {
    const stray = apiOptions.find((name) => values[name] !== undefined)
    if (stray) throw new UsageError(`--${stray} requires --spec`)
    return undefined
  }
  const samples = textOf(values, 'samples')
  const description = await readSpec(spec)
  return {
    api: {
      description,
      samples: samples === undefined ? undefined : await readSamples(samples),
      allowWrites: values['allow-writes'] === true,
      maxRequests: numberOf(values, 'max-requests'),
      operations: listOf(
        values,
        'operation',
        listOperations(description).map(({ operationId }) => operationId),
      ),
      tags: listOf(values, 'tag'),
      paths: listOf(values, 'path'),
    },
    secrets: parseCredentials(values.credential, description),
  }
}

/** Parses `--credential NAME=VALUE`. A user and a password are encoded as they are sent. */
function parseCredentials(values: Values['credential'], description: OpenAPI): Record<string, string> {
  const known = Object.keys(description.components?.['securitySchemes'] ?? {})
  const pairs = (Array.isArray(values) ? values : []).map((text): [string, string] => {
    const [, name = '', value = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? []
    if (!known.includes(name))
      throw new UsageError(`--credential: expected NAME=VALUE with one of these names: ${known.join(', ')}`)
    const isBasic = findScheme(description, name).kind === 'basic'
    return [name, isBasic ? Buffer.from(value).toString('base64') : value]
  })
  return Object.fromEntries(pairs)
}

/** The file of waivers that is read if it exists. */
export const defaultWaivers = 'conformance.waivers.yaml'

/** Removes the members that are undefined. */
function omitUndefined<Members extends object>(
  members: Members,
): { [Key in keyof Members]: Exclude<Members[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never
}

function checkIds(values: Values, name: 'only' | 'skip'): string[] | undefined {
  const ids = listOf(values, name)?.map((id) => id.toUpperCase())
  const [unknown] = findUnknownNames(catalogue, ids ?? [])
  if (unknown !== undefined)
    throw new UsageError(`--${name}: no check or area has the id '${unknown}'. The command list shows all checks.`)
  return ids
}

function budgetOf(values: Values): number | undefined {
  const text = textOf(values, 'budget')
  if (text === undefined) return undefined
  const seconds = parseBudget(text)
  if (seconds === undefined) throw new UsageError(`--budget: '${text}' is not a limit such as 60s or 0.01usd`)
  return seconds
}

function shardOf(values: Values): { index: number; total: number } | undefined {
  const text = textOf(values, 'shard')
  if (text === undefined) return undefined
  const [, index = 0, total = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (index < 1 || index > total) throw new UsageError(`--shard: '${text}' is not a share such as 1/4`)
  return { index, total }
}

/** Loads the contract of a folder; default: the contract of this package. */
export async function loadContract(folder: string | undefined): Promise<Contract> {
  if (folder === undefined) return import('@livepeer-ai/openapi/contract')
  try {
    return (await import(pathToFileURL(resolve(folder, 'index.ts')).href)) as Contract
  } catch (error) {
    throw new UsageError(`--contract: ${folder} has no generated contract (${(error as Error).message.split('\n')[0]})`)
  }
}
