import type { paths } from '@livepeer-ai/openapi'
import type { Client as FetchClient } from 'openapi-fetch'
import { audioToText, type AudioToTextOptions, type Transcript } from './audio-to-text.ts'
import { checkNumbers, toCall, type CallOptions, type Init } from './call/call.ts'
import type { ToForm } from './upload/form.ts'
import { gateway, type GatewayOptions, type KnownGateway } from './gateway.ts'
import { send } from './call/send.ts'

export type ClientOptions<Known = KnownGateway> = GatewayOptions<Known> &
  CallOptions & {
    /** Gateways to turn to, in this order, when the first one fails in a way that another may not. */
    fallbacks?: readonly GatewayOptions<Known>[]
  }

/**
 * Every operation of the contract by method and path, as openapi-fetch types it. Answers are values,
 * `{ data, response }` or `{ error, response }`; failures that are no answer are thrown. CallOptions go beside the body.
 */
export type PlainClient = Omit<FetchClient<paths>, 'use' | 'eject'>

export interface Client extends PlainClient {
  /**
   * Transcribes a recording. Throws a FileError when it cannot be read, a GatewayError when no transcript comes back,
   * and the reason of `signal` when that is aborted.
   */
  audioToText: (options: AudioToTextOptions) => Promise<Transcript>
}

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']

/** The same client for every runtime, but for the way in which forms are made there. */
export function clientFor(toForm: ToForm, { fallbacks = [], ...defaults }: ClientOptions): Client {
  checkNumbers(defaults)
  const gateways = [defaults, ...fallbacks].map(gateway)

  async function request(method: string, path: string, { parseAs = 'json', ...init }: Init = {}) {
    const call = toCall(method.toUpperCase(), path, { ...defaults, ...init })
    const { response, content } = await send(toForm, gateways, call)
    if (!response.ok) return { error: content, response }
    const data = parseAs === 'json' ? content : parseAs === 'stream' ? response.body : await response[parseAs]()
    return { data, response }
  }

  // What goes in and comes out is of the type that openapi-fetch has for the operation: the contract is made of strings here.
  const client = Object.fromEntries([
    ['request', request],
    ...methods.map((method) => [method, (path: string, init?: Init) => request(method, path, init)]),
  ]) as PlainClient
  return { ...client, audioToText: (options) => audioToText(client, options) }
}
