#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { defaultMaxBytes } from '@livepeer-ai/openapi'
import { parseOptions, runProgram, toWholeNumber, UsageError } from '@livepeer-ai/openapi/command-line'
import { isLoopback, ListenError, whenStopped } from '@livepeer-ai/server'
import { ForwardingTranscriber } from './forwarding/forwarding-transcriber.ts'
import { createGateway } from './http/create-gateway.ts'
import { includedModel } from './included-model.ts'
import type { Transcriber } from './transcriber.ts'
import type { ModelSource } from './worker/model-options.ts'
import { WorkerTranscriber } from './worker/worker-transcriber.ts'

const usage = `Usage: livepeer-ai-gateway [options]

Serves POST /audio-to-text, /health and /metrics, and a page at / to try it. Transcribes English on this machine.

  --port N            port (default: 8000); 0 for any free port
  --host HOST         address to listen on (default: 127.0.0.1)
  --token TOKEN       accepted bearer token, repeatable (default: LIVEPEER_AI_TOKEN, or no token needed)
  --max-bytes N       size limit of a recording in bytes (default: ${defaultMaxBytes})
  --max-seconds N     length limit of a recording in seconds (default: 3600)
  --threads N         threads that recognize speech (default: one per core, as far as memory allows)
  --queue N           number of recordings that may wait (default: 32)
  --cors ORIGIN       origin that browsers may call from, repeatable; * for any
                      (default: any with a token, pages of this machine without)
  --forward URL       transcribe on a server with OpenAI's POST /v1/audio/transcriptions instead, repeatable;
                      for example http://127.0.0.1:8080/v1
  --forward-model M   model to request from these servers; their API key is read from OPENAI_API_KEY
  --model NAME=DIR    model by its name and its folder, repeatable; requests choose by model_id, and get the first one
                      by default. NAME= is the model of @livepeer-ai/model (default: only this one). Without a name,
                      the folder is that model
  -h, --help          print this text

After SIGINT or SIGTERM, the gateway finishes running recordings and stops. A second signal stops it at once.

Exit codes: 0 stopped by a signal, 1 cannot start, 2 wrong usage.
`

await runProgram(main, {
  exitCodes: [
    [UsageError, 2],
    [ListenError, 1],
  ],
  fault: 1,
})

async function main(args: string[]): Promise<void> {
  const values = parse(args)
  if (values.help) return void process.stdout.write(usage)
  // By default, V8 optimizes many WebAssembly functions at once, which takes 50 MB more.
  setFlagsFromString('--wasm-num-compilation-tasks=1')
  const numbers = {
    port: toWholeNumber('--port', values.port, 65_535),
    maxBytes: toWholeNumber('--max-bytes', values['max-bytes']),
    maxDuration: toWholeNumber('--max-seconds', values['max-seconds']),
    queueLimit: toWholeNumber('--queue', values.queue),
  }
  const fromEnvironment = process.env['LIVEPEER_AI_TOKEN']
  const tokens = values.token.length ? values.token : fromEnvironment ? [fromEnvironment] : undefined
  const origins = values.cors.includes('*') ? '*' : values.cors
  const isForwarding = values.forward.length > 0
  const transcriber = createTranscriber(values, numbers.maxDuration)

  const gateway = createGateway({
    transcriber,
    maxBytes: numbers.maxBytes,
    queueLimit: numbers.queueLimit,
    tokens,
    cors: values.cors.length ? origins : undefined,
    access: tokens ? undefined : { hosts: isLoopback(values.host) ? [] : '*', origins },
    onError(error, requestId) {
      // A model that does not load ends the program; another server may come up later.
      if (requestId === 'loading' && !isForwarding) return
      console.error(`${requestId}  ${error instanceof Error ? error.message : String(error)}`)
    },
  })
  const { url, close } = await gateway.listen({ port: numbers.port, host: values.host })
  // Waits as long as one recording may take. A second signal ends at once.
  whenStopped(() => void close(600_000))
  console.log(
    `livepeer-ai-gateway is listening on ${url} (POST /audio-to-text; open it in a browser to try it). ${describeAccess(values, tokens)}`,
  )
  if (isForwarding) return
  transcriber.load().catch(async (error: Error) => {
    console.error(error.message)
    process.exitCode = 1
    await close(0)
  })
}

/** Says who can use the gateway. */
function describeAccess({ host, cors }: ReturnType<typeof parse>, tokens: readonly string[] | undefined): string {
  if (tokens) return 'Requests need a token.'
  const pages = cors.length > 0 ? `pages of ${cors.join(', ')}` : 'its pages'
  return isLoopback(host)
    ? `No token is needed: only this machine and ${pages} are served.`
    : `No token is needed: any machine that reaches ${host} is served, and ${pages}.`
}

/**
 * Creates the transcriber: the model of this package in a thread, or a client of other servers.
 */
function createTranscriber(
  { forward, 'forward-model': model, model: sources, threads }: ReturnType<typeof parse>,
  maxDuration: number,
): Transcriber {
  if (forward.length === 0) {
    if (model !== undefined) throw new UsageError('--forward-model requires --forward')
    return new WorkerTranscriber({
      maxDuration,
      models: sources.length > 0 ? sources.map(toModelSource) : undefined,
      threads: threads === undefined ? threads : toThreads(threads),
    })
  }
  const wrong = forward.find((url) => !URL.canParse(url) || !/^https?:/.test(url))
  if (wrong !== undefined) throw new UsageError(`--forward: '${wrong}' is not an http or https URL`)
  if (model === undefined) throw new UsageError('--forward requires --forward-model')
  const apiKey = process.env['OPENAI_API_KEY']
  return new ForwardingTranscriber({ baseUrl: forward, model, apiKey })
}

/** Parses `NAME=DIR` or `DIR`. */
function toModelSource(value: string): ModelSource {
  const separator = existsSync(value) ? -1 : value.indexOf('=')
  const name = separator < 0 ? includedModel : value.slice(0, separator)
  const folder = value.slice(separator + 1)
  if (folder && !existsSync(folder)) throw new UsageError(`--model: '${folder}' does not exist`)
  return { name, folder: folder || undefined }
}

function toThreads(value: string): number {
  const threads = toWholeNumber('--threads', value, 256)
  if (threads === 0) throw new UsageError("--threads: '0' threads recognize nothing")
  return threads
}

function parse(args: string[]) {
  return parseOptions({
    args,
    options: {
      port: { type: 'string', default: '8000' },
      host: { type: 'string', default: '127.0.0.1' },
      token: { type: 'string', multiple: true, default: [] },
      'max-bytes': { type: 'string', default: String(defaultMaxBytes) },
      'max-seconds': { type: 'string', default: '3600' },
      threads: { type: 'string' },
      queue: { type: 'string', default: '32' },
      cors: { type: 'string', multiple: true, default: [] },
      forward: { type: 'string', multiple: true, default: [] },
      'forward-model': { type: 'string' },
      model: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values
}
