import { isSecret } from '../calls/call.ts'
import type { HarPair } from './har.ts'
import type { KeptNames } from './kept-names.ts'

const redacted = '***'

/** A shorter value would be replaced in places that do not repeat it. */
const shortest = { secret: 4, other: 16 }

/** Returns the values that are not kept and that a response may repeat, longest first. */
export function findSecrets(request: Request, fields: readonly [string, string][], kept: KeptNames): string[] {
  const values = [
    ...listRemoved(request.headers, kept.header),
    ...listRemoved(new URL(request.url).searchParams, kept.query),
    ...listRemoved(fields, kept.field),
  ]
  return [...new Set(values)]
    .filter((part) => !/^(bearer|basic)$/i.test(part))
    .toSorted((left, right) => right.length - left.length)
}

function listRemoved(pairs: Iterable<[string, string]>, isKept: (name: string) => boolean): string[] {
  return [...pairs]
    .filter(([name]) => !isKept(name))
    .flatMap(([name, value]) => {
      const parts = [value, ...value.split(/[\s;,]+/).map((part) => part.replace(/^[^=]+=/, ''))]
      return parts.filter(({ length }) => length >= shortest[isSecret(name) ? 'secret' : 'other'])
    })
}

/** Replaces plain and URL-encoded secrets. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, redacted), text)
}

/** Returns pairs with the values that are kept. */
export function redactPairs(
  pairs: readonly HarPair[],
  isKept: (name: string) => boolean,
  secrets: readonly string[],
): HarPair[] {
  return pairs.map(({ name, value }) => ({ name, value: isKept(name) ? redactSecrets(value, secrets) : redacted }))
}

/** Returns a text in which the query of each URL has only the values that are kept. */
export function redactQueries(text: string, { query }: KeptNames): string {
  return text.replaceAll(/([?&])([^=&#\s<>"]+)=([^&#\s<>"]*)/g, (whole, mark: string, name: string) =>
    query(decode(name)) ? whole : `${mark}${name}=${redacted}`,
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** Returns the JSON of a request with the texts of kept properties, or undefined if not JSON. */
export function redactRequestJson(text: string, { field }: KeptNames): string | undefined {
  return rewrite(text, (name) => name === undefined || !field(name))
}

/** Returns the JSON of a response without the texts of secret properties; undefined if not JSON. */
export function redactResponseJson(text: string): string | undefined {
  return rewrite(text, (name) => name !== undefined && isSecret(name))
}

function rewrite(text: string, isRemoved: (name: string | undefined) => boolean): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    let isChanged = false
    const visit = (node: unknown, name: string | undefined): unknown => {
      if (Array.isArray(node)) return node.map((item) => visit(item, name))
      if (typeof node === 'object' && node !== null)
        return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, visit(member, key)]))
      if (typeof node !== 'string' || !isRemoved(name)) return node
      isChanged = true
      return redacted
    }
    const result = visit(value, undefined)
    // Otherwise the bytes of the recording stay those of the exchange.
    return isChanged ? JSON.stringify(result) : text
  } catch {
    return undefined
  }
}
