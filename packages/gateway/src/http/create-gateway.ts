import { defaultMaxBytes, description } from '@livepeer-ai/openapi'
import { createServer, HttpError, type Address, type Call, type Cors, type Listening } from '@livepeer-ai/server'
import { parseFields } from './fields.ts'
import { contentSecurityPolicy, page } from '../generated/page.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createQueue, QueueFullError, type Queue } from './queue.ts'
import { receiveRecording } from './receive-recording.ts'
import { textResponse } from './text-response.ts'
import type { Transcriber } from '../transcriber.ts'
import { AudioTooLongError, TranscriberBusyError, UnsupportedAudioError } from '../transcriber-error.ts'

/** The model that this package comes with, by its name on the Hugging Face hub. */
const defaultModel = 'UsefulSensors/moonshine-tiny'

export interface GatewayOptions {
  transcriber: Transcriber
  /** Names that callers may give as `model_id`; that of the model in this package, unless given. */
  models?: readonly string[]
  /** The bearer tokens that are accepted; unless given, requests need none. */
  tokens?: readonly string[]
  /** Limit of a recording in bytes; 50 MiB unless given. */
  maxBytes?: number
  /** Origins that browsers may call from; any, unless given. */
  cors?: Cors
  /** How many recordings are transcribed at a time; 1 unless given. */
  concurrency?: number
  /** How many more may wait; 32 unless given. */
  queueLimit?: number
  /** How long one transcription may take; 10 minutes unless given. */
  timeoutMs?: number
  /** Told what became a 500, and why the transcriber cannot be loaded (with `loading` in the place of a request's id). */
  onError?: (error: unknown, requestId: string) => void
}

export interface Gateway {
  /** Answers a request; never rejects. */
  fetch: (request: Request) => Promise<Response>
  /** Loads the transcriber and serves over HTTP. Requests that come before it is loaded wait for it. */
  listen: (address: Address) => Promise<Listening>
}

/** An implementation of the contract: the front of `@livepeer-ai/server`, a queue, and a transcriber. */
export function createGateway(options: GatewayOptions): Gateway {
  const {
    transcriber,
    models = [defaultModel],
    concurrency = 1,
    queueLimit = 32,
    timeoutMs = 600_000,
    tokens,
    maxBytes = defaultMaxBytes,
    cors,
    onError,
  } = options
  const queue = createQueue({ concurrency, limit: queueLimit })
  const metrics = createMetrics(queue)
  const health = watch(transcriber, models, onError)
  const audioToText = createAudioToText({ transcriber, models, queue, metrics, timeoutMs })
  const operations: Record<string, (call: Call<Uint8Array>) => Promise<Response>> = { genAudioToText: audioToText }
  const pages: Record<string, () => Response | Promise<Response>> = {
    '/': showPage,
    '/health': health.report,
    '/metrics': metrics.expose,
  }

  const server = createServer({
    description,
    tokens: tokens ?? 'none',
    maxBytes,
    receiveFile: (_part, bytes) => receiveRecording(bytes, maxBytes),
    ...(cors !== undefined && { cors }),
    ...(onError && { onError }),
    onResponse: (_, operation, { status }, ms) => metrics.request(operation?.operationId ?? 'none', status, ms / 1000),
    otherwise: (request) => (request.method === 'GET' ? pages[new URL(request.url).pathname]?.() : undefined),
    async handle(call) {
      const handle = operations[call.operation.operationId]
      if (!handle) throw new HttpError(501, `This gateway does not implement ${call.operation.operationId}.`)
      return handle(call)
    },
  })

  return {
    fetch: server.fetch,
    async listen(address) {
      const listening = await server.listen(address)
      void health.load()
      const close = async (graceMs?: number) => {
        await listening.close(graceMs)
        await transcriber.close()
      }
      return { url: listening.url, close, [Symbol.asyncDispose]: () => close() }
    },
  }
}

/** The page to try the gateway in a browser. */
function showPage(): Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
  return new Response(page, { headers })
}

/** Follows the loading of the transcriber, for load balancers. */
function watch(
  transcriber: Transcriber,
  models: readonly string[],
  onError: GatewayOptions['onError'],
): { load: () => Promise<void>; report: () => Response } {
  let status: 'LOADING' | 'OK' | 'ERROR' = 'LOADING'
  return {
    load: () =>
      transcriber.load().then(
        () => void (status = 'OK'),
        (error: unknown) => {
          status = 'ERROR'
          onError?.(error, 'loading')
        },
      ),
    report() {
      const notReady = status === 'OK' ? {} : { status: 503, headers: { 'retry-after': '1' } }
      return Response.json({ status, models }, notReady)
    },
  }
}

interface AudioToText {
  transcriber: Transcriber
  models: readonly string[]
  queue: Queue
  metrics: Metrics
  timeoutMs: number
}

function createAudioToText({
  transcriber,
  models,
  queue,
  metrics,
  timeoutMs,
}: AudioToText): (call: Call<Uint8Array>) => Promise<Response> {
  return async ({ request, fields, files }) => {
    const { timestamps } = parseFields(fields, models)
    const { value: bytes, filename, mediaType } = files.findLast(({ name }) => name === 'audio')!
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)])
    const transcribe = async () => {
      const begin = performance.now()
      const transcript = await withSignal(
        transcriber.transcribe(
          { bytes, mediaType, ...(filename !== undefined && { filename }) },
          { words: timestamps === 'word', signal, transfer: true },
        ),
        signal,
      )
      metrics.transcription(transcript.duration, (performance.now() - begin) / 1000)
      return transcript
    }
    const transcript = await queue.run(transcribe, signal).catch((error: Error) => {
      throw refusal(error, queue, metrics)
    })
    return Response.json(textResponse(transcript, timestamps))
  }
}

/** Ends with the signal even when the transcriber does not. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(resolve, reject)
  })
}

function refusal(error: Error, queue: Queue, metrics: Metrics): Error {
  if (error instanceof UnsupportedAudioError) return new HttpError(415, error.message)
  if (error instanceof AudioTooLongError) return new HttpError(413, error.message)
  const isBusy = error instanceof TranscriberBusyError
  if (!isBusy && !(error instanceof QueueFullError)) return error
  const seconds = (isBusy ? error.retryAfter : undefined) ?? Math.ceil(metrics.meanSeconds() * (queue.waiting + 1))
  return new HttpError(503, 'Too many recordings are waiting.', { headers: { 'retry-after': String(seconds) } })
}
