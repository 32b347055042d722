const names =
  /^\(?(MIT|ISC|BSD(-[23]-Clause)?|Apache-2\.0|0BSD|CC0-1\.0|Unlicense|BlueOak-1\.0\.0|Python-2\.0|WTFPL|Public Domain)\b/

/** Packages without a licence field, with the licence that their sources state. */
const unstated: Record<string, string> = { cycle: 'Public Domain' }

/**
 * Returns true if a licence (SPDX or an older spelling) requires at most a notice. One of several
 * alternatives suffices.
 */
export function isPermissive(licence: string, name: string): boolean {
  return (unstated[name] ?? licence).split(' OR ').some((alternative) => names.test(alternative))
}
