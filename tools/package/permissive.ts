const names =
  /^\(?(MIT|ISC|BSD(-[23]-Clause)?|Apache-2\.0|0BSD|CC0-1\.0|Unlicense|BlueOak-1\.0\.0|Python-2\.0|WTFPL|Public Domain)\b/

/** Packages without a license field, with the license that their sources state. */
const unstated: Record<string, string> = { cycle: 'Public Domain' }

/**
 * Returns true if a license (SPDX or an older spelling) requires at most a notice. Of several
 * alternatives, one is enough.
 */
export function isPermissive(license: string, name: string): boolean {
  return (unstated[name] ?? license).split(' OR ').some((alternative) => names.test(alternative))
}
