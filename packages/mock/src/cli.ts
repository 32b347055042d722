#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import { ListenError } from '@livepeer-ai/server'
import { parse as parseYaml } from 'yaml'
import { startMock } from './start-mock.ts'

const usage = `Usage: livepeer-ai-mock [options]

Serves the examples of an OpenAPI description.

  --port N         4010 unless given; 0 for any that is free
  --host HOST      127.0.0.1 unless given
  --token TOKEN    the bearer token that is accepted (or LIVEPEER_AI_TOKEN); any, unless given
  --max-bytes N    limit of an uploaded file in bytes (default 52428800)
  --spec FILE      a bundled OpenAPI 3.0 or 3.1 description, JSON or YAML; audio-to-text unless given
  --version        the versions of this program and of Prism, its engine

Exit codes: 0 stopped by a signal, 1 cannot start, 2 wrong usage.
`

class UsageError extends Error {}
class SpecFileError extends Error {}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof SpecFileError || error instanceof ListenError
  console.error(isExpected ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

async function main(args: string[]): Promise<void> {
  const values = parse(args)
  if (values.help) return void process.stdout.write(usage)
  if (values.version) return console.log(versions())
  const port = wholeNumber('--port', values.port, 65_535)
  const maxBytes = wholeNumber('--max-bytes', values['max-bytes'])
  const token = values.token ?? process.env['LIVEPEER_AI_TOKEN']
  const description = values.spec === undefined ? undefined : await readSpec(values.spec)

  const mock = await startMock({
    port,
    host: values.host,
    maxBytes,
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
        'max-bytes': { type: 'string', default: String(50 * 1024 * 1024) },
        spec: { type: 'string' },
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
  const require = createRequire(import.meta.url)
  const version = (manifest: string) => (require(manifest) as { version: string }).version
  return `@livepeer-ai/mock ${version('../package.json')}, @stoplight/prism-http ${version('@stoplight/prism-http/package.json')}`
}
