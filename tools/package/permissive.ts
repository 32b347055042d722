const names =
  /^\(?(MIT|ISC|BSD(-[23]-Clause)?|Apache-2\.0|0BSD|CC0-1\.0|Unlicense|BlueOak-1\.0\.0|Python-2\.0|WTFPL|Public Domain)\b/

/** Packages that state no licence, and what their sources say. */
const unstated: Record<string, string> = { cycle: 'Public Domain' }

/** Whether a licence (SPDX, or as it was written before) asks for no more than a notice; of alternatives, one will do. */
export function isPermissive(licence: string, name: string): boolean {
  return (unstated[name] ?? licence).split(' OR ').some((alternative) => names.test(alternative))
}
