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
  if (!URL.canParse(baseUrl)) throw new TypeError(wanted)
  const url = new URL(baseUrl)
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new TypeError(wanted)
  return { baseUrl: url.href.replace(/\/+$/, ''), token }
}

const wanted =
  'baseUrl must be an absolute http(s) URL without user, query and fragment, such as https://gateway.example'

/** The token for one attempt; throws a TypeError when it is none (RFC 6750, section 2.1). */
export async function bearerToken(token: Token | undefined): Promise<string | undefined> {
  const value = typeof token === 'function' ? await token() : token
  // Checked here because Headers would put the token into its own error message.
  if (value && !/^[\w.~+/-]+=*$/.test(value))
    throw new TypeError('The token holds a character that no bearer token has, perhaps a space or a line break')
  return value
}
