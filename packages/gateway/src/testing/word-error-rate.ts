/**
 * Returns the share of the reference's words that must be inserted, deleted or replaced. Case and
 * punctuation are ignored.
 */
export function wordErrorRate(reference: string, recognized: string): number {
  const words = toWords(reference)
  return editDistance(words, toWords(recognized)) / words.length
}

/** Returns lower-case words without punctuation; a hyphen separates words. */
export function toWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('-', ' ')
    .replaceAll(/[^a-z0-9' ]/g, '')
    .split(' ')
    .filter(Boolean)
}

/** Levenshtein distance, row by row. */
function editDistance(from: string[], to: string[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [fromIndex, fromWord] of from.entries()) {
    const next = [fromIndex + 1]
    for (const [toIndex, toWord] of to.entries()) {
      const replaced = (row[toIndex] ?? 0) + (fromWord === toWord ? 0 : 1)
      next.push(Math.min(replaced, (row[toIndex + 1] ?? 0) + 1, (next[toIndex] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
