import type { paths } from '@livepeer-ai/openapi'
import type { Client as FetchClient } from 'openapi-fetch'
import { checkNumbers, toCall, type CallOptions, type Init } from './call/call.ts'
import { send } from './call/send.ts'
import { resolveGateway, type GatewayOptions, type GatewayProfile } from './gateway.ts'
import type { Runtime } from './upload/form.ts'

export type ClientOptions<Known = GatewayProfile> = GatewayOptions<Known> &
  CallOptions & {
    /** Gateways to try in this order if the first one fails and another one may succeed. */
    fallbacks?: readonly GatewayOptions<Known>[]
  }

/**
 * Every operation of the contract by method and path, with the types of openapi-fetch.
 * Responses are values, `{ data, response }` or `{ error, response }`; other failures are thrown.
 * CallOptions are passed beside the body.
 */
export type PlainClient = Omit<FetchClient<paths>, 'use' | 'eject'>

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']

/** Builds the operations of a client. */
export function buildPlainClient(runtime: Runtime, { fallbacks = [], ...defaults }: ClientOptions): PlainClient {
  checkNumbers(defaults)
  const gateways = [defaults, ...fallbacks].map(resolveGateway)

  async function request(method: string, path: string, { parseAs = 'json', ...init }: Init = {}) {
    const call = toCall(method.toUpperCase(), path, { ...defaults, ...init })
    const { response, content } = await send(runtime, gateways, call)
    if (!response.ok) return { error: content, response }
    const data = parseAs === 'json' ? content : parseAs === 'stream' ? response.body : await response[parseAs]()
    return { data, response }
  }

  // Typed by openapi-fetch; the runtime works on strings, hence the assertion.
  return Object.fromEntries([
    ['request', request],
    ...methods.map((method) => [method, (path: string, init?: Init) => request(method, path, init)]),
  ]) as PlainClient
}
