import { operationTable, type paths } from '@livepeer-ai/openapi'
import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import { audioToText, type AudioToTextOptions, type Transcript } from './audio-to-text.ts'
import { Call, type CallOptions } from './call.ts'
import { gateway, type GatewayOptions } from './gateway.ts'
import type { Hooks } from './hooks.ts'
import type { Runtime } from './runtime/runtime.ts'
import { send } from './transport.ts'

export interface ClientOptions extends GatewayOptions, CallOptions, Hooks {
  /** Gateways to turn to, in this order, when the first one fails in a way that another may not. */
  fallbacks?: readonly GatewayOptions[]
  /** Whether the JSON of good answers must have the shape that the contract gives it. Default: true. */
  checkSchema?: boolean
  /** Default: the global one. */
  fetch?: typeof fetch
}

/**
 * Every operation of the contract by method and path. Answers are values, `{ data, response }` or `{ error, response }`;
 * the errors that are no answer are thrown. Takes CallOptions beside the parameters and the body.
 */
export type PlainClient = Omit<FetchClient<paths>, 'use' | 'eject'>

export interface Client extends PlainClient {
  /**
   * Transcribes a recording. Throws a FileError when it cannot be read, a GatewayError when no transcript comes back,
   * and the reason of `signal` when that is aborted.
   */
  audioToText: (options: AudioToTextOptions) => Promise<Transcript>
}

export function clientFor(runtime: Runtime, options: ClientOptions): Client {
  const gateways = [options, ...(options.fallbacks ?? [])].map(gateway)
  const client = createFetchClient<paths>({
    // Calls only look like Requests; openapi-fetch does no more than hand them on.
    Request: Call as unknown as typeof Request,
    fetch: (call) => send({ runtime, gateways, options }, call as unknown as Call),
    bodySerializer: (body) => body,
  })
  client.use({
    onRequest({ request, schemaPath }) {
      const isIt = ({ method, path }: { method: string; path: string }) =>
        method === request.method && path === schemaPath
      Object.assign(request, { operation: operationTable.find(isIt) })
    },
  })
  return { ...client, audioToText: (input) => audioToText(client, runtime, input) }
}
