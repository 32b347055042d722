#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import { UnknownGatewayError } from '@livepeer-ai/openapi/gateways'
import { ListenError } from '@livepeer-ai/server'
import prism from '@stoplight/prism-http/package.json' with { type: 'json' }
import { parse as parseYaml } from 'yaml'
import { UnknownDriftError } from './drift/unknown-drift-error.ts'
import { UnknownStateError } from './imitate-gateway.ts'
import { startMock } from './start-mock.ts'

const usage = `Usage: livepeer-ai-mock [options]

Serves the examples of an OpenAPI description.

  --port N         4010 unless given; 0 for any that is free
  --host HOST      127.0.0.1 unless given
  --token TOKEN    the bearer token that is accepted (or LIVEPEER_AI_TOKEN); any, unless given
  --max-bytes N    limit of an uploaded file in bytes; 52428800 unless given, or that of the gateway
  --spec FILE      a bundled OpenAPI 3.0 or 3.1 description, JSON or YAML; audio-to-text unless given
  --gateway NAME   imitate a gateway with all its deviations: ai-runner, go-livepeer, livepeer-studio, retired
  --state NAME     something that holds on that gateway's side, for example no-orchestrator; may be given again
  --drift NAME     have a named defect, to see who notices it; may be given again; \`--drift list\` prints them all
  --version        the versions of this program and of Prism, its engine

Exit codes: 0 stopped by a signal, 1 cannot start, 2 wrong usage.
`

class UsageError extends Error {}
class SpecFileError extends Error {}

const exitCodes: [new (...parameters: never[]) => Error, number][] = [
  [UsageError, 2],
  [UnknownGatewayError, 2],
  [UnknownStateError, 2],
  [UnknownDriftError, 2],
  [SpecFileError, 1],
  [ListenError, 1],
]

try {
  await main(process.argv.slice(2))
} catch (error) {
  const expected = exitCodes.find(([type]) => error instanceof type)
  console.error(expected ? (error as Error).message : error)
  process.exitCode = expected?.[1] ?? 1
}

async function main(args: string[]): Promise<void> {
  const values = parse(args)
  if (values.help) return void process.stdout.write(usage)
  if (values.version) return console.log(versions())
  if (values.drift.includes('list')) return console.log(await driftTable())
  if (values.spec !== undefined && values.gateway !== undefined)
    throw new UsageError('--spec and --gateway: only one of them')
  if (values.state.length && values.gateway === undefined) throw new UsageError('--state: of which --gateway?')
  const port = wholeNumber('--port', values.port, 65_535)
  const maxBytes = values['max-bytes'] === undefined ? undefined : wholeNumber('--max-bytes', values['max-bytes'])
  const token = values.token ?? process.env['LIVEPEER_AI_TOKEN']
  const description = values.spec === undefined ? undefined : await readSpec(values.spec)

  const mock = await startMock({
    ...(values.gateway !== undefined && { gateway: values.gateway, states: values.state }),
    drift: values.drift,
    port,
    host: values.host,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(token && { token }),
    ...(description && { description }),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close())
  const operations = listOperations(description ?? (await import('@livepeer-ai/openapi')).description)
  console.log(
    `livepeer-ai-mock is listening on ${mock.url} (${operations.map(({ method, path }) => `${method} ${path}`).join(', ')})`,
  )
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        token: { type: 'string' },
        'max-bytes': { type: 'string' },
        spec: { type: 'string' },
        gateway: { type: 'string' },
        state: { type: 'string', multiple: true, default: [] },
        drift: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]!.replace(/\.?$/, '.')} See --help.`)
  }
}

function wholeNumber(option: string, value: string, max = Number.MAX_SAFE_INTEGER): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number > max)
    throw new UsageError(`${option}: '${value}' is not a whole number up to ${max}`)
  return number
}

async function readSpec(file: string): Promise<OpenAPI> {
  let document: unknown
  try {
    document = parseYaml(await readFile(file, 'utf8'))
  } catch (error) {
    throw new SpecFileError(`--spec ${file}: ${(error as Error).message.split('\n')[0]}`)
  }
  const { openapi, paths } = (document ?? {}) as Partial<OpenAPI>
  if (!/^3\.[01]\./.test(String(openapi)) || !paths)
    throw new SpecFileError(`--spec ${file}: not an OpenAPI 3.0 or 3.1 description with paths`)
  return document as OpenAPI
}

function versions(): string {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string }
  return `@livepeer-ai/mock ${version}, @stoplight/prism-http ${prism.version}`
}

async function driftTable(): Promise<string> {
  const { drifts } = await import('./drift/index.ts')
  const widths = { area: 12, name: Math.max(...drifts.map(({ name }) => name.length)) + 1 }
  return drifts
    .map(
      ({ area, name, summary, checks }) =>
        `${area.padEnd(widths.area)}${name.padEnd(widths.name)} ${summary} (${checks.join(', ')})`,
    )
    .join('\n')
}
