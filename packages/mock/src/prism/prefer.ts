import type { Preference } from './prism.ts'

/** Reads `Prefer: code=500, example=word, dynamic=true, seed=42` (RFC 7240; the preferences are Prism's). What it does not know is left alone. */
export function parsePrefer(header: string | null): Preference {
  if (!header) return {}
  const values: Record<string, string> = {}
  for (const [, name, quoted, plain] of header.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,;"]+))/g))
    values[name!.toLowerCase()] ??= quoted ?? plain!
  const { code, example, dynamic, seed } = values
  return {
    ...(code && /^[1-5]\d\d$/.test(code) && { code: Number(code) }),
    ...(example && { example }),
    ...((dynamic === 'true' || dynamic === 'false') && { dynamic: dynamic === 'true' }),
    ...(seed && { seed }),
  }
}

/** The value of `Preference-Applied` that confirms a preference. */
export function preferenceApplied(preference: Preference): string {
  return Object.entries(preference)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ')
}
