import { defaultMaxBytes, description } from '@livepeer-ai/openapi'
import {
  createServer,
  HttpError,
  type Access,
  type Address,
  type Call,
  type Cors,
  type Listening,
  type Server,
} from '@livepeer-ai/server'
import { includedModel } from '../included-model.ts'
import type { Transcriber } from '../transcriber.ts'
import { Admission } from './admission.ts'
import { describeModels } from './describe-models.ts'
import { createAudioToText, toHttpError } from './handle-audio-to-text.ts'
import { createMetrics } from './metrics.ts'
import { createQueue } from './queue.ts'
import { createUploadReceiver, type Upload } from './receive-upload.ts'
import { showPage } from './show-page.ts'
import { watchLoading } from './watch-loading.ts'

/** The status of a request whose client hung up, as nginx counts it. */
const clientClosed = 499

export interface GatewayOptions {
  transcriber: Transcriber
  /** Accepted values of `model_id`; default: the models of the transcriber. */
  models?: readonly string[] | undefined
  /** Accepted bearer tokens; default: requests need none. */
  tokens?: readonly string[] | undefined
  /** Size limit of a recording in bytes; default: 50 MiB. */
  maxBytes?: number | undefined
  /** Origins that browsers may call from; default: any. */
  cors?: Cors | undefined
  /** Hosts and origins that are served beside those of this machine; default: all. */
  access?: Access | undefined
  /** Recordings transcribed at the same time; default: as many as the transcriber takes. */
  concurrency?: number | undefined
  /** Length limit of the queue; default: 32. */
  queueLimit?: number | undefined
  /** Timeout of one transcription in milliseconds; default: 10 minutes. */
  timeoutMs?: number | undefined
  /**
   * Receives the errors behind each 500, 502 and 504, and a loading error with `loading` as request
   * id.
   */
  onError?: ((error: unknown, requestId: string) => void) | undefined
}

export interface Gateway {
  /** Responds to a request; never rejects. */
  fetch: (request: Request) => Promise<Response>
  /** Loads the transcriber and serves over HTTP. Requests wait until it is loaded. */
  listen: (address: Address) => Promise<Listening>
}

type Operations = Record<string, (call: Call<Upload>) => Promise<Response>>

/** Creates an implementation of the contract from a server, a queue and a transcriber. */
export function createGateway(options: GatewayOptions): Gateway {
  const {
    transcriber,
    models = transcriber.models ?? [includedModel],
    concurrency = transcriber.concurrency ?? 1,
    queueLimit = 32,
    timeoutMs = 600_000,
    tokens,
    maxBytes = defaultMaxBytes,
    cors,
    access,
    onError,
  } = options
  const queue = createQueue({ concurrency, limit: queueLimit })
  const metrics = createMetrics(queue, transcriber)
  const health = watchLoading(transcriber, models, onError)
  const admission = new Admission({ queue, maxBytes, maxUploads: concurrency + queueLimit })
  const receive = createUploadReceiver({ transcriber, queue, admission, metrics, concurrency })
  const audioToText = createAudioToText({ models, queue, metrics, timeoutMs, onError })
  const operations: Operations = { genAudioToText: audioToText }
  const pages: Record<string, () => Response | Promise<Response>> = {
    '/': showPage,
    '/health': health.report,
    '/metrics': metrics.expose,
  }

  const server = createServer({
    description: describeModels(description, models),
    tokens: tokens ?? 'none',
    servesDescription: true,
    maxBytes,
    receiveFile: (...upload) =>
      receive(...upload).catch((error: Error) => {
        throw toHttpError(error, queue, metrics)
      }),
    cors,
    access,
    onError,
    onResponse: ({ signal }, operation, { status }, ms) =>
      metrics.request(operation?.operationId ?? 'none', signal.aborted ? clientClosed : status, ms / 1000),
    otherwise: (request) => (request.method === 'GET' ? pages[new URL(request.url).pathname]?.() : undefined),
    handle: (call) => handleOperation(operations, call),
  })

  return { fetch: server.fetch, listen: (address) => listen(server, transcriber, health, address) }
}

async function listen(
  server: Server,
  transcriber: Transcriber,
  health: { load: () => Promise<void> },
  address: Address,
): Promise<Listening> {
  const listening = await server.listen(address)
  void health.load()
  const close = async (graceMs?: number) => {
    await listening.close(graceMs)
    await transcriber.close()
  }
  return { url: listening.url, close, [Symbol.asyncDispose]: () => close() }
}

async function handleOperation(operations: Operations, call: Call<Upload>): Promise<Response> {
  const { operationId } = call.operation
  const handle = operations[operationId]
  if (!handle) throw new HttpError(501, `This gateway does not implement ${operationId}.`)
  return handle(call)
}
