import { pointerTo, type Draft } from '../../drift-finding.ts'
import { changeTo, makeDraft, quoteValue, type SchemaPlace } from './draft.ts'
import { comparedKeywords } from './keywords.ts'
import type { NormalSchema } from './schema.ts'

/** Compares `format`, and `default` of a request. */
export function compareAnnotations(ours: NormalSchema, theirs: NormalSchema, place: SchemaPlace): Draft[] {
  const { direction } = place
  const keywords = direction === 'request' ? (['default', 'format'] as const) : (['format'] as const)
  return keywords.flatMap((keyword) => {
    const [our, their] = [ours[keyword], theirs[keyword]]
    if (JSON.stringify(our) === JSON.stringify(their)) return []
    return makeDraft(place, theirs, {
      class: keyword === 'default' ? 'request-default-changed' : `${direction}-format-changed`,
      message: `${keyword} is ${quoteValue(their)} instead of ${quoteValue(our)}`,
      changes: [changeTo(`${place.pointer}/${keyword}`, their)],
      shape: JSON.stringify(their ?? null),
    })
  })
}

/** Reports each keyword that differs and has no comparison of its own. */
export function compareOtherKeywords(ours: NormalSchema, theirs: NormalSchema, place: SchemaPlace): Draft[] {
  const keywords = new Set([...Object.keys(ours), ...Object.keys(theirs)])
  return [...keywords]
    .filter((keyword) => !comparedKeywords.has(keyword) && !keyword.startsWith('x-'))
    .filter((keyword) => JSON.stringify(ours[keyword]) !== JSON.stringify(theirs[keyword]))
    .map((keyword) =>
      makeDraft(place, theirs, {
        class: `${place.direction}-schema-changed`,
        message: `${keyword} differs`,
        changes: [changeTo(pointerTo(place.pointer, keyword), theirs[keyword])],
        shape: keyword + JSON.stringify(theirs[keyword] ?? null),
      }),
    )
}
