/** A bearer token, or a function that is asked for one before each attempt. */
export type Token = string | (() => string | Promise<string>)

export interface GatewayOptions {
  /** Where the gateway is, up to the paths of the contract. */
  baseUrl: string | URL
  /** Sent to this gateway and to no other. */
  token?: Token | undefined
}

/** A gateway whose options are in order. */
export interface Gateway {
  readonly baseUrl: string
  readonly token: Token | undefined
}

/** Throws a TypeError that does not repeat what it was given, which may hold a secret. */
export function gateway({ baseUrl, token }: GatewayOptions): Gateway {
  if (!/^https?:\/\/[^\s@?#]+$/i.test(String(baseUrl)))
    throw new TypeError('baseUrl must be like https://gateway.example/path')
  return { baseUrl: String(baseUrl).replace(/\/+$/, ''), token }
}

/** The token for one attempt; throws a TypeError when it is none (RFC 6750, section 2.1). */
export async function bearerToken(token: Token | undefined): Promise<string | undefined> {
  const value = typeof token === 'function' ? await token() : token
  // Checked here because Headers would put the token into its own error message.
  if (value && !/^[\w.~+/-]+=*$/.test(value))
    throw new TypeError('The token holds a space, a line break or another character that no token has')
  return value
}
