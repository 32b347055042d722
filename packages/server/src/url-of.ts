/** The one that was asked for last: a server is asked for few, over and over. */
let last = new URL('http://localhost/')

/**
 * The URL of a request, parsed; not to be written to.
 *
 * @throws TypeError for what is no URL
 */
export function urlOf({ url }: { url: string }): URL {
  return last.href === url ? last : (last = new URL(url))
}
