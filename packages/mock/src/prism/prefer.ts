import { urlOf } from '@livepeer-ai/server'
import type { Preference } from './prism.ts'

/**
 * Parses a header such as `Prefer: code=500, example=word, dynamic=true, seed=42` (RFC 7240, with
 * the preferences of Prism), or query parameters such as `__code=500`. The header wins. Ignores
 * unknown preferences. Absent ones have no key.
 */
export function parsePreference(request: Request): Preference {
  const header = request.headers.get('prefer') ?? ''
  // Most requests prefer nothing.
  if (!header && !urlOf(request).search.includes('__')) return {}
  const values: Record<string, string> = {}
  for (const [, name = '', quoted, plain = ''] of header.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,;"]+))/g))
    values[name.toLowerCase()] ??= quoted ?? plain
  for (const [name, value] of urlOf(request).searchParams)
    if (name.startsWith('__')) values[name.slice(2).toLowerCase()] ??= value
  const { code, example, dynamic, seed } = values
  const preference: Preference = {}
  if (code && /^[1-5]\d\d$/.test(code)) preference.code = Number(code)
  if (example) preference.example = example
  if (dynamic === 'true' || dynamic === 'false') preference.dynamic = dynamic === 'true'
  if (seed) preference.seed = seed
  return preference
}

/** Returns a preference as the value of `Preference-Applied`. */
export function formatPreference(preference: Preference): string {
  return Object.entries(preference)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ')
}

/**
 * Returns the example that a request prefers for its refusal, or undefined. As in Prism, the
 * preferred code must be one that such an error may have.
 */
export function preferErrorExample(request: Request, status: number): string | undefined {
  const { code, example } = parsePreference(request)
  const codes = { 401: [401], 415: [415, 422, 400], 422: [422, 400], 400: [422, 400] }[status] ?? []
  return code !== undefined && codes.includes(code) ? example : undefined
}
