/** Returns the first key that occurs twice in the same object of a JSON text. */
export function findDuplicateKey(json: string): string | undefined {
  const open: Set<string>[] = []
  // A string is matched whole, so that its content does not count. A key is a string before a
  // colon.
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
