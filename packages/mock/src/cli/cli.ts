import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import type { OpenAPI } from '@livepeer-ai/openapi'
import { gateways, UnknownGatewayError } from '@livepeer-ai/openapi/gateways'
import { ListenError, whenStopped } from '@livepeer-ai/server'
import prism from '@stoplight/prism-http/package.json' with { type: 'json' }
import { parse as parseYaml } from 'yaml'
import { UnknownDefectError } from '../defects/unknown-defect-error.ts'
import { eventLog, logFormats } from './event-log.ts'
import { UnknownStateError } from '../gateway/imitate-gateway.ts'
import { RecordingError } from '../record/recorded.ts'
import { DescriptionError, startMock, type Mock, type MockOptions } from '../start-mock.ts'
import { watchFile } from './watch-file.ts'

const gatewayNames = Object.values(gateways)
  .map(({ name }) => name)
  .join(', ')

const usage = `Usage: livepeer-ai-mock [options]

Serves the examples of an OpenAPI description.

  --port N         4010 unless given; 0 for any that is free
  --host HOST      127.0.0.1 unless given
  --token TOKEN    the bearer token that is accepted (or LIVEPEER_AI_TOKEN); any, unless given
  --max-bytes N    limit of an uploaded file in bytes; 52428800 unless given, or that of the gateway
  --spec FILE      a bundled OpenAPI 3.0 or 3.1 description, JSON or YAML; audio-to-text unless given
  --gateway NAME   imitate a gateway with all its deviations: ${gatewayNames}
  --state NAME     something that holds on that gateway's side, for example no-orchestrator; may be given again
  --defect NAME   have a named defect, to see who notices it; may be given again; \`--defect list\` prints them all
  --dynamic        make answers up instead of taking the examples; --seed TEXT makes up the same ones each time
  --record DIR     pass every call on to --upstream URL, and keep each exchange in DIR, as HAR without secrets
  --replay DIR     answer from the recordings in DIR, and from nothing else
  --watch          serve the file of --spec anew whenever it changes; one that is broken changes nothing
  --ready-file F   write the URL to a file once calls are taken; it is removed in the end
  --log FORMAT     text, unless given, tells what is out of the ordinary; json tells of each call, too, a line each
  --version        the versions of this program and of Prism, its engine

Exit codes: 0 stopped by a signal, 1 cannot start, 2 wrong usage.
`

class UsageError extends Error {}
class FileError extends Error {}

const exitCodes: [new (...parameters: never[]) => Error, number][] = [
  [UsageError, 2],
  [UnknownGatewayError, 2],
  [UnknownStateError, 2],
  [UnknownDefectError, 2],
  [FileError, 1],
  [DescriptionError, 1],
  [RecordingError, 1],
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
  if (values.defect.includes('list')) return console.log(await defectTable())
  const log = eventLog(oneOf('--log', values.log, logFormats))
  const mock = await startMock({ ...(await optionsFrom(values)), onEvent: log })
  const watched = values.watch ? watchFile(values.spec!, () => reload(values.spec!, mock, log)) : undefined
  const readyFile = values['ready-file']
  if (readyFile !== undefined) await writeWhole(readyFile, `${mock.url}\n`)

  const stop = async () => {
    watched?.close()
    if (readyFile !== undefined) await rm(readyFile, { force: true })
    await mock.close()
  }
  whenStopped(() => void stop())
  log({ type: 'ready', url: mock.url, operations: mock.operations })
}

async function optionsFrom(values: ReturnType<typeof parse>): Promise<MockOptions> {
  const { spec, gateway, state: states, host, dynamic, seed, record, upstream, replay } = values
  const sources = { '--spec': spec, '--gateway': gateway, '--replay': replay }
  exclusive(sources, '--spec', '--gateway')
  exclusive({ ...sources, '--record': record }, '--gateway', '--record', '--replay')
  if (states.length && gateway === undefined) throw new UsageError('--state: of which --gateway?')
  if (values.watch && spec === undefined) throw new UsageError('--watch: which --spec?')
  if ((record === undefined) !== (upstream === undefined)) throw new UsageError('--record and --upstream: both or none')
  const maxBytes = values['max-bytes'] === undefined ? undefined : wholeNumber('--max-bytes', values['max-bytes'])
  const token = values.token ?? process.env['LIVEPEER_AI_TOKEN']
  return {
    port: wholeNumber('--port', values.port, 65_535),
    host,
    defects: values.defect,
    ...(gateway !== undefined && { gateway, states }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(token && { token }),
    ...(spec !== undefined && { description: await readSpec(spec) }),
    ...(dynamic && { dynamic }),
    ...(seed !== undefined && { dynamic: true, seed }),
    ...(record !== undefined && upstream !== undefined && { record: { directory: record, upstream } }),
    ...(replay !== undefined && { replay }),
  }
}

function exclusive(values: Record<string, unknown>, ...names: string[]): void {
  const given = names.filter((name) => values[name] !== undefined)
  if (given.length > 1) throw new UsageError(`${given.join(' and ')}: only one of them`)
}

async function reload(file: string, mock: Mock, log: ReturnType<typeof eventLog>): Promise<void> {
  try {
    await mock.update(await readSpec(file))
    log({ type: 'reloaded', file, operations: mock.operations })
  } catch (error) {
    log({ type: 'not-reloaded', file, reason: (error as Error).message })
  }
}

/** Who waits for a file never sees half of it. */
async function writeWhole(file: string, content: string): Promise<void> {
  try {
    await writeFile(`${file}.part`, content)
    await rename(`${file}.part`, file)
  } catch (error) {
    throw new FileError(`--ready-file ${file}: ${(error as Error).message}`)
  }
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
        defect: { type: 'string', multiple: true, default: [] },
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

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === value)
  if (found === undefined) throw new UsageError(`${option}: '${value}' is none of ${known.join(', ')}`)
  return found
}

async function readSpec(file: string): Promise<OpenAPI> {
  let document: unknown
  try {
    document = parseYaml(await readFile(file, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : message.split('\n')[0]!.replace(/:$/, '')
    throw new FileError(`--spec ${file}: ${reason}`)
  }
  const { openapi, paths } = (document ?? {}) as Partial<OpenAPI>
  if (!/^3\.[01]\./.test(String(openapi)) || !paths)
    throw new FileError(`--spec ${file}: not an OpenAPI 3.0 or 3.1 description with paths`)
  return document as OpenAPI
}

function versions(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }
  return `@livepeer-ai/mock ${version}, @stoplight/prism-http ${prism.version}`
}

async function defectTable(): Promise<string> {
  const { defects } = await import('../defects/index.ts')
  const widths = { area: 12, name: Math.max(...defects.map(({ name }) => name.length)) + 1 }
  return defects
    .map(
      ({ area, name, summary, checks }) =>
        `${area.padEnd(widths.area)}${name.padEnd(widths.name)} ${summary} (${checks.join(', ')})`,
    )
    .join('\n')
}
