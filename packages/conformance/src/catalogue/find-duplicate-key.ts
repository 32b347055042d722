/** The first key that an object of this JSON text has twice. */
export function findDuplicateKey(json: string): string | undefined {
  const open: Set<string>[] = []
  // Strings as a whole, so that nothing within them counts; a key is a string before a colon.
  for (const [token, key] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (key !== undefined) {
      const keys = open.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return undefined
}
