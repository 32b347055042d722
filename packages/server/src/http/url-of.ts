/** The last result. Servers get few distinct URLs, again and again. */
let last = new URL('http://localhost/')

/** Returns the URL of a request, parsed. Do not modify it. Throws a TypeError if it is invalid. */
export function urlOf({ url }: { url: string }): URL {
  return last.href === url ? last : (last = new URL(url))
}
