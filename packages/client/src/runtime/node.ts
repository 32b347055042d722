import { buildClient, type Client } from '../client.ts'
import type { GatewayOptions, GatewayProfile } from '../gateway.ts'
import { findGateway, type GatewayAlias, type GatewayName } from '../gateways.ts'
import type { ClientOptions as Options } from '../plain-client.ts'
import { toCutter } from '../upload/streaming/cut-token.ts'
import { openFile } from '../upload/streaming/open-file.ts'
import { readText } from '../upload/streaming/read-text.ts'
import { toStreamingForm } from '../upload/streaming/to-streaming-form.ts'

// With other modes, Node's fetch buffers the whole body for a redirect:
// https://github.com/nodejs/undici/issues/4058
const toForm = toStreamingForm({ openFile, redirect: 'error' })

/** Names are accepted in this runtime only; browsers would have to load all profiles. */
type Known = GatewayProfile | GatewayName | GatewayAlias

export type ClientOptions = Options<Known>

/**
 * Creates a client for one gateway, or for several that are tried in order. Throws a TypeError for
 * an invalid option and an UnknownGatewayError for an unknown name.
 * @example
 * const client = createClient({ baseUrl: 'http://127.0.0.1:4010' })
 * const { text } = await client.audioToText({ audio: 'speech.wav' })
 */
export function createClient(given: ClientOptions): Client {
  // JavaScript may pass nothing; the missing baseUrl is then the error.
  const { fallbacks = [], ...options } = Object(given) as ClientOptions
  return buildClient({ toForm, readText, toCutter }, { ...find(options), fallbacks: fallbacks.map(find) })
}

function find<Given extends GatewayOptions<Known>>(options: Given): Given & GatewayOptions {
  const { gateway } = options
  return {
    ...options,
    gateway: typeof gateway === 'string' ? findGateway(gateway) : gateway,
  } as Given & GatewayOptions
}
