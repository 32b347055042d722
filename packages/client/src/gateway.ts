import type { GatewayProfile } from '@livepeer-ai/openapi/gateway-profiles'

/** A bearer token, or a function that returns one before each attempt. */
export type Token = string | (() => string | Promise<string>)

export type { GatewayProfile }

/** The base URL of a gateway, its profile, or both for your own instance of a known gateway. */
export type GatewayOptions<Known = GatewayProfile> = {
  /** Sent to this gateway only, and not if its profile says that it ignores tokens. */
  token?: Token | undefined
} & (
  | {
      /** The URL of the gateway without the paths of the contract. */
      baseUrl: string | URL
      /** A profile from `@livepeer-ai/client/gateways`. In Node, Deno and Bun its name suffices. */
      gateway?: Known | undefined
    }
  | {
      /** Default: the first server of the profile. */
      baseUrl?: string | URL | undefined
      /** A profile from `@livepeer-ai/client/gateways`. In Node, Deno and Bun its name suffices. */
      gateway: Known
    }
)

/** A gateway with validated options. */
export interface ResolvedGateway {
  readonly baseUrl: string
  readonly token: Token | undefined
  readonly profile: GatewayProfile | undefined
}

/** Validates the options. The TypeError does not repeat them, because they may contain a secret. */
export function resolveGateway({
  gateway: profile,
  baseUrl = profile?.servers?.[0],
  token,
}: GatewayOptions): ResolvedGateway {
  // The types forbid a name here, but it is what people try first.
  if (typeof profile === 'string') throw new TypeError('gateway must be a profile from @livepeer-ai/client/gateways')
  if (!/^https?:\/\/[^\s@?#]+$/i.test(String(baseUrl))) throw new TypeError('baseUrl must be an http or https URL')
  const isIgnored = profile?.authentication.token === 'ignored'
  return { baseUrl: String(baseUrl).replace(/\/+$/, ''), token: isIgnored ? undefined : token, profile }
}

/**
 * Returns the token for one attempt. Throws a TypeError if it is invalid (RFC 6750, section 2.1).
 */
export async function bearerToken(token: Token | undefined): Promise<string | undefined> {
  const value = typeof token === 'function' ? await token() : token
  // Headers would repeat an invalid token in its error message.
  if (value && !/^[\w.~+/-]+=*$/.test(value)) throw new TypeError('The token has an invalid character')
  return value
}
