#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { defaultMaxBytes } from '@livepeer-ai/openapi'
import { ListenError, whenStopped } from '@livepeer-ai/server'
import { createGateway } from './http/create-gateway.ts'
import { ForwardingTranscriber } from './forwarding/forwarding-transcriber.ts'
import { WorkerTranscriber } from './worker/worker-transcriber.ts'

const usage = `Usage: livepeer-ai-gateway [options]

Serves POST /audio-to-text, a page to try it at /, /health and /metrics. Transcribes English, on this machine.

  --port N            8000 unless given; 0 for any that is free
  --host HOST         127.0.0.1 unless given
  --token TOKEN       a bearer token that is accepted (or LIVEPEER_AI_TOKEN); may be given again; unless given, none is needed
  --max-bytes N       limit of a recording in bytes (default 52428800)
  --max-seconds N     limit of a recording in seconds (default 3600)
  --queue N           how many recordings may wait (default 32)
  --cors ORIGIN       an origin that browsers may call from; may be given again; any, unless given
  --forward URL       transcribe on a server with OpenAI's POST /v1/audio/transcriptions instead, for example http://127.0.0.1:8080/v1
  --forward-model M   the model to ask that server for (its API key: OPENAI_API_KEY)
  --model DIR         a folder with the weights of @livepeer-ai/model; that package's own, unless given

Stops on SIGINT or SIGTERM when what runs is finished, and at once on the second.

Exit codes: 0 stopped by a signal, 1 cannot start, 2 wrong usage.
`

class UsageError extends Error {}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof ListenError
  console.error(isExpected ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

async function main(args: string[]): Promise<void> {
  const values = parse(args)
  if (values.help) return void process.stdout.write(usage)
  const numbers = {
    port: wholeNumber('--port', values.port, 65_535),
    maxBytes: wholeNumber('--max-bytes', values['max-bytes']),
    maxDuration: wholeNumber('--max-seconds', values['max-seconds']),
    queueLimit: wholeNumber('--queue', values.queue),
  }
  const fromEnvironment = process.env['LIVEPEER_AI_TOKEN']
  const tokens = values.token.length ? values.token : fromEnvironment ? [fromEnvironment] : undefined
  const { transcriber, models } = engine(values, numbers.maxDuration)

  const gateway = createGateway({
    transcriber,
    maxBytes: numbers.maxBytes,
    queueLimit: numbers.queueLimit,
    ...(models && { models }),
    ...(tokens && { tokens }),
    ...(values.cors.length && { cors: values.cors }),
    onError: (error, requestId) =>
      console.error(`${requestId}  ${error instanceof Error ? error.message : String(error)}`),
  })
  const { url, close } = await gateway.listen({ port: numbers.port, host: values.host })
  // As long as one recording may take. Who does not want to wait sends the signal again.
  whenStopped(() => void close(600_000))
  console.log(`livepeer-ai-gateway is listening on ${url} (POST /audio-to-text; open it in a browser to try it)`)
}

/** What transcribes: the model of this package in a thread, or a server that has one. */
function engine(
  { forward, 'forward-model': model, model: modelFolder }: ReturnType<typeof parse>,
  maxDuration: number,
) {
  if (forward === undefined) {
    if (model !== undefined) throw new UsageError('--forward-model: of which server? Give it with --forward.')
    return {
      transcriber: new WorkerTranscriber({ maxDuration, ...(modelFolder !== undefined && { modelFolder }) }),
      models: undefined,
    }
  }
  if (!URL.canParse(forward) || !/^https?:/.test(forward))
    throw new UsageError(`--forward: '${forward}' is not an http or https URL`)
  if (model === undefined) throw new UsageError('--forward: which model? Give its name with --forward-model.')
  const apiKey = process.env['OPENAI_API_KEY']
  return {
    transcriber: new ForwardingTranscriber({ baseUrl: forward, model, ...(apiKey && { apiKey }) }),
    models: [model],
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8000' },
        host: { type: 'string', default: '127.0.0.1' },
        token: { type: 'string', multiple: true, default: [] },
        'max-bytes': { type: 'string', default: String(defaultMaxBytes) },
        'max-seconds': { type: 'string', default: '3600' },
        queue: { type: 'string', default: '32' },
        cors: { type: 'string', multiple: true, default: [] },
        forward: { type: 'string' },
        'forward-model': { type: 'string' },
        model: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
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
