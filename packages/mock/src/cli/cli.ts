import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { runProgram, toOneOf, UsageError, writeWhole } from '@livepeer-ai/openapi/command-line'
import { UnknownGatewayError } from '@livepeer-ai/openapi/gateways'
import { isLoopback, ListenError, whenStopped } from '@livepeer-ai/server'
import prism from '@stoplight/prism-http/package.json' with { type: 'json' }
import { UnknownDefectError } from '../defects/unknown-defect-error.ts'
import { UnknownStateError } from '../gateway/check-states.ts'
import type { Mock } from '../mock-options.ts'
import { RecordingError } from '../record/recorded.ts'
import { DescriptionError } from '../serve-description.ts'
import { startMock } from '../start-mock.ts'
import { FileError } from './documents/file-error.ts'
import { createEventLog, logFormats, type LogEvent } from './event-log.ts'
import { locateProblems } from './locate-problems.ts'
import { checkValues, parseValues, toMockOptions } from './options.ts'
import { readSpec } from './read-spec.ts'
import { usage } from './usage.ts'
import { watchFile } from './watch-file.ts'

const exitCodes = [
  [UsageError, 2],
  [UnknownGatewayError, 2],
  [UnknownStateError, 2],
  [UnknownDefectError, 2],
  [FileError, 1],
  [DescriptionError, 1],
  [RecordingError, 1],
  [ListenError, 1],
] as const

await runProgram(main, { exitCodes, fault: 1 })

async function main(args: string[]): Promise<void> {
  const values = parseValues(args)
  if (values.help) return void process.stdout.write(usage)
  if (values.version) return console.log(versions())
  if (values.defect.includes('list')) return console.log(await formatDefects())
  const { watch, spec, 'ready-file': readyFile } = values
  const log = createEventLog(toOneOf('--log', values.log, logFormats), values.verbose)
  checkValues(values)
  const onEvent = locateProblems(spec ?? 'description', log)
  const options = await toMockOptions(values)
  const mock = await startMock({ ...options, onEvent })
  if (readyFile !== undefined) await writeReadyFile(readyFile, mock)
  const watcher = watch && spec !== undefined ? watchFile(spec, () => reload(spec, mock, log)) : undefined

  const stop = async () => {
    watcher?.close()
    if (readyFile !== undefined) await rm(readyFile, { force: true })
    await mock.close()
  }
  whenStopped(() => void stop())
  const { host = '', cors = '*', callbacks = false } = options
  log({ type: 'ready', url: mock.url, operations: mock.operations, cors, isControlOpen: !isLoopback(host), callbacks })
}

async function reload(file: string, mock: Mock, log: (event: LogEvent) => void): Promise<void> {
  try {
    await mock.update(await readSpec(file))
    log({ type: 'reloaded', file, operations: mock.operations })
  } catch (error) {
    log({ type: 'not-reloaded', file, reason: (error as Error).message })
  }
}

async function writeReadyFile(file: string, mock: Mock): Promise<void> {
  try {
    await writeWhole(file, `${mock.url}\n`)
  } catch (error) {
    // An open server would keep the process running.
    await mock.close()
    throw new FileError(`--ready-file ${file}: ${(error as Error).message}`)
  }
}

function versions(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }
  return `@livepeer-ai/mock ${version}, @stoplight/prism-http ${prism.version}`
}

async function formatDefects(): Promise<string> {
  const { defects } = await import('../defects/index.ts')
  const widths = { area: 12, name: Math.max(...defects.map(({ name }) => name.length)) + 1 }
  return defects
    .map(
      ({ area, name, summary, checks }) =>
        `${area.padEnd(widths.area)}${name.padEnd(widths.name)} ${summary} (${checks.join(', ')})`,
    )
    .join('\n')
}
