import type { Section, Span } from './outline.ts'

/** Splits a text at the names of entries and sections, and links them. */
export function linkNames(text: string, sections: readonly Section[]): Span[] {
  const anchors = new Map(
    sections.flatMap(({ entries }) => entries.map(({ name, id }) => [name, id] as const).toReversed()).toReversed(),
  )
  for (const { id } of sections) if (id === 'known' || id === 'undecided' || id === 'waived') anchors.set(id, id)
  return text
    .split(/([^\s,;:()]+)/)
    .filter(Boolean)
    .map((word) => ({ text: word, to: anchors.get(word) }))
}
