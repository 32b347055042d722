import { isObject } from '@livepeer-ai/openapi'

/** Returns the first place where a value differs from the written one, in words, or undefined. */
export function findDifference(written: unknown, read: unknown, pointer = ''): string | undefined {
  if (isObject(written) && isObject(read))
    return Object.entries(written)
      .filter(([name]) => name in read)
      .map(([name, member]) => findDifference(member, read[name], `${pointer}/${name}`))
      .find((found) => found !== undefined)
  if (Array.isArray(written) && Array.isArray(read)) {
    if (written.length !== read.length) return `${pointer} with ${read.length} items instead of ${written.length}`
    return written
      .map((member, index) => findDifference(member, read[index], `${pointer}/${index}`))
      .find((found) => found !== undefined)
  }
  return isSame(written, read) ? undefined : `another ${pointer || 'value'}`
}

/** Compares two plain values. A server may write a time, a number or an address in its own way. */
function isSame(written: unknown, read: unknown): boolean {
  if (written === read) return true
  if (typeof written === 'string' && typeof read === 'string') {
    if (written.trim().toLowerCase() === read.trim().toLowerCase()) return true
    return /^\d{4}-\d\d-\d\d/.test(written) && Date.parse(written) === Date.parse(read)
  }
  return typeof written === 'number' && typeof read === 'number' && Math.abs(written - read) < 1e-6
}

/** Returns the object in a response: the body, or what its only envelope holds. */
export function itemIn(body: unknown, written: unknown): unknown {
  if (!isObject(body) || !isObject(written)) return body
  const names = Object.keys(written)
  if (names.some((name) => name in body)) return body
  return Object.values(body).find((member) => isObject(member) && names.some((name) => name in member)) ?? body
}
