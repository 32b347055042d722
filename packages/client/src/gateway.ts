import type { GatewayProfile as KnownGateway } from '@livepeer-ai/openapi/gateways'

/** A bearer token, or a function that is asked for one before each attempt. */
export type Token = string | (() => string | Promise<string>)

export type { KnownGateway }

/** Where a gateway is, or what is known about it, or both for an instance of one's own. */
export type GatewayOptions<Known = KnownGateway> = {
  /** Sent to this gateway and to no other, and not to one that is known to ignore it. */
  token?: Token | undefined
} & (
  | {
      /** Where the gateway is, up to the paths of the contract. */
      baseUrl: string | URL
      /** What is known about it, from `@livepeer-ai/client/gateways`; in Node, Deno and Bun its name will do. */
      gateway?: Known | undefined
    }
  | {
      /** Default: the first server of the gateway. */
      baseUrl?: string | URL | undefined
      /** What is known about it, from `@livepeer-ai/client/gateways`; in Node, Deno and Bun its name will do. */
      gateway: Known
    }
)

/** A gateway whose options are in order. */
export interface Gateway {
  readonly baseUrl: string
  readonly token: Token | undefined
  readonly known: KnownGateway | undefined
}

/** Throws a TypeError that does not repeat what it was given, which may hold a secret. */
export function gateway({ gateway: known, baseUrl = known?.servers?.[0], token }: GatewayOptions): Gateway {
  // Types forbid it, and yet it is what one tries first.
  if (typeof known === 'string')
    throw new TypeError('Here, gateway is no name but a value: import it from @livepeer-ai/client/gateways')
  if (!/^https?:\/\/[^\s@?#]+$/i.test(String(baseUrl)))
    throw new TypeError('baseUrl must be like https://gateway.example/path')
  const isIgnored = known?.authentication.token === 'ignored'
  return { baseUrl: String(baseUrl).replace(/\/+$/, ''), token: isIgnored ? undefined : token, known }
}

/** The token for one attempt; throws a TypeError when it is none (RFC 6750, section 2.1). */
export async function bearerToken(token: Token | undefined): Promise<string | undefined> {
  const value = typeof token === 'function' ? await token() : token
  // Checked here because Headers would put the token into its own error message.
  if (value && !/^[\w.~+/-]+=*$/.test(value))
    throw new TypeError('The token holds a space, a line break or another character that no token has')
  return value
}
