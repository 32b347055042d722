/** A bearer token, or a function that gives one for each attempt. */
export type Token = string | (() => string | Promise<string>)

/** A gateway, and what it alone may see. */
export interface Gateway {
  baseUrl: string
  token: Token | undefined
}

/** Checks what was given for a gateway; throws a TypeError that does not repeat it, because it may hold a secret. */
export function gateway({ baseUrl, token }: { baseUrl: string | URL; token?: Token | undefined }): Gateway {
  const url = URL.parse(baseUrl)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new TypeError(
      'baseUrl is an absolute http(s) URL without user, query and fragment, such as https://gateway.example',
    )
  return { baseUrl: url.href.replace(/\/+$/, ''), token }
}

/** The Authorization header of one attempt; throws a TypeError when the token cannot stand in a header. */
export async function authorization(token: Token | undefined): Promise<Record<string, string>> {
  const value = typeof token === 'function' ? await token() : token
  if (!value) return {}
  // Headers would put the token itself into its own error message.
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new TypeError('The token holds a character that no bearer token has, perhaps a line break at its end')
  return { authorization: `Bearer ${value}` }
}
