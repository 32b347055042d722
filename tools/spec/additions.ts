import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

/** Reads the additions of the contract to the published document, as JSON Pointers. */
export async function readAdditions(): Promise<string[]> {
  return parse(await readFile(new URL('../../spec/upstream/additions.yaml', import.meta.url), 'utf8')) as string[]
}

/** Returns true if a JSON Pointer matches a pattern, in which `*` is any token. */
export function isMatch(pointer: string, pattern: string): boolean {
  const [is, wanted] = [pointer.split('/'), pattern.split('/')]
  return is.length === wanted.length && wanted.every((token, index) => token === '*' || token === is[index])
}
