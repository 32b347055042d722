import { statSync } from 'node:fs'
import { parseOptions, toWholeNumber, UsageError } from '@livepeer-ai/openapi/command-line'
import { findGateway, type GatewayProfile } from '../gateways.ts'
import { formats, type Format } from './formats.ts'
import { findRecordings, type Recording } from './recordings.ts'

/** The parsed command line. */
export interface Options {
  recordings: Recording[]
  gateway: GatewayProfile | undefined
  url: string | undefined
  token: string | undefined
  model: string | undefined
  format: Format
  words: boolean
  /** The number of recordings that are transcribed at a time. */
  jobs: number
  output: Output
}

export type Output = { kind: 'stdout' } | { kind: 'file' | 'folder'; path: string }

/** Parses the command line. Throws a UsageError if it is invalid. */
export function readArguments(args: string[], env: NodeJS.ProcessEnv): Options | 'help' {
  const { values, positionals } = parse(args)
  if (values.help) return 'help'
  const gateway = toGateway(values.gateway)
  const url = values.url ?? (gateway ? undefined : env['LIVEPEER_AI_URL'])
  const format = formats[values.format]
  const output = toOutput(values.output)
  if (positionals.length === 0) throw new UsageError('No recordings given. See --help.')
  if (!gateway && !url)
    throw new UsageError('No gateway given: use --gateway NAME or --url URL, or set LIVEPEER_AI_URL.')
  if (!format) throw new UsageError(`--format ${values.format} is not one of ${Object.keys(formats).join(', ')}.`)
  const recordings = findRecordings(positionals)
  if (recordings.length > 1 && output.kind !== 'folder' && !format.canFollow)
    throw new UsageError(`--format ${values.format} with several recordings requires -o FOLDER/.`)
  return {
    recordings,
    gateway,
    url,
    token: values.token ?? env['LIVEPEER_AI_TOKEN'],
    model: values.model,
    format,
    words: values.words,
    jobs: Math.max(1, toWholeNumber('--jobs', values.jobs, 100)),
    output,
  }
}

function parse(args: string[]) {
  return parseOptions({
    args,
    allowPositionals: true,
    options: {
      gateway: { type: 'string' },
      url: { type: 'string' },
      token: { type: 'string' },
      model: { type: 'string' },
      format: { type: 'string', default: 'text' },
      words: { type: 'boolean', default: false },
      jobs: { type: 'string', short: 'j', default: '1' },
      output: { type: 'string', short: 'o' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}

function toGateway(name: string | undefined): GatewayProfile | undefined {
  try {
    return name === undefined ? undefined : findGateway(name)
  } catch (error) {
    throw new UsageError(`--gateway: ${(error as Error).message}`)
  }
}

/** A path is a folder if it ends with a slash or is an existing folder. */
function toOutput(path: string | undefined): Output {
  if (path === undefined) return { kind: 'stdout' }
  const isFolder = /[\\/]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory()
  return { kind: isFolder ? 'folder' : 'file', path }
}
