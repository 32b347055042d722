import { findGateway, type GatewayAlias, type GatewayName } from '@livepeer-ai/openapi/gateways'
import { clientFor, type Client, type ClientOptions as Options } from '../client.ts'
import type { GatewayOptions, KnownGateway } from '../gateway.ts'
import { openFile } from '../upload/streaming/open-file.ts'
import { toStreamingForm } from '../upload/streaming/to-streaming-form.ts'

// With another mode, Node's fetch keeps the whole body for a redirect: https://github.com/nodejs/undici/issues/4058
const toForm = toStreamingForm({ openFile, redirect: 'error' })

/** A gateway is known by its name here, too: elsewhere, a list of all of them would be too heavy to be sent along. */
type Known = KnownGateway | GatewayName | GatewayAlias

export type ClientOptions = Options<Known>

/**
 * A client of one gateway, or of several to be tried in order. Throws a TypeError when an option cannot be used, and an
 * UnknownGatewayError for a name that no gateway has.
 *
 * @example
 * const client = createClient({ baseUrl: 'http://127.0.0.1:4010' })
 * const { text } = await client.audioToText({ audio: 'speech.wav' })
 */
export function createClient({ fallbacks = [], ...options }: ClientOptions): Client {
  return clientFor(toForm, { ...find(options), fallbacks: fallbacks.map(find) })
}

function find<Given extends GatewayOptions<Known>>(options: Given): Given & GatewayOptions {
  const { gateway } = options
  return { ...options, gateway: typeof gateway === 'string' ? findGateway(gateway) : gateway } as Given & GatewayOptions
}
