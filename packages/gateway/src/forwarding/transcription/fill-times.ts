import type { Word } from '../../transcriber.ts'

/** A segment or a word whose times may be unknown. */
export interface Untimed {
  start: number | undefined
  end: number | undefined
  text: string
}

/**
 * Completes the times of neighbors between two times: an unknown start or end is that of the next
 * known one. Several in a row share the time by the length of their texts.
 */
export function fillTimes<T extends Untimed>(items: readonly T[], begin: number, end: number): (T & Word)[] {
  const filled: (T & Word)[] = []
  let run: T[] = []
  for (const [index, item] of items.entries()) {
    run.push(item)
    const until = item.end ?? items[index + 1]?.start
    if (until === undefined && index < items.length - 1) continue
    filled.push(...spread(run, run[0]?.start ?? filled.at(-1)?.end ?? begin, until ?? end))
    run = []
  }
  return filled
}

/** Divides a time among items by the lengths of their texts. */
function spread<T extends Untimed>(items: readonly T[], start: number, end: number): (T & Word)[] {
  const until = Math.max(start, end)
  const total = items.reduce((sum, { text }) => sum + text.length, 0)
  let said = 0
  const now = () => (said === total ? until : start + ((until - start) * said) / total)
  return items.map((item) => {
    const from = said === 0 ? start : now()
    said += item.text.length
    return { ...item, start: from, end: now() }
  })
}
