import type { Draft } from '../../drift-finding.ts'
import { compareAlternatives } from './alternatives.ts'
import { compareAnnotations, compareOtherKeywords } from './annotations.ts'
import type { SchemaPlace } from './draft.ts'
import { compareEnums } from './enums.ts'
import { compareLimits } from './limits.ts'
import { compareProperties } from './properties.ts'
import { flattenSchema, type NormalSchema } from './schema.ts'
import { hasAlternatives } from './shape.ts'
import { compareTypes } from './types.ts'

/** Lists the differences that matter to a client that follows our schema. Both are normalized. */
export function compareSchemas(ours: unknown, theirs: unknown, place: SchemaPlace): Draft[] {
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return []
  const [our, their] = [flattenSchema(ours), flattenSchema(theirs)]
  // A recursive reference: the first round has been compared already.
  if ('recursion' in our || 'recursion' in their) return []
  if (hasAlternatives(our) || hasAlternatives(their)) return compareAlternatives(our, their, place, compareSchemas)
  const types = compareTypes(our, their, place)
  if (types.disjoint) return types.drafts
  return [
    ...types.drafts,
    ...compareEnums(our, their, place),
    ...compareLimits(our, their, place),
    ...(place.observed ? [] : compareAnnotations(our, their, place)),
    ...compareProperties(our, their, place, compareSchemas),
    ...compareItems(our, their, place),
    ...(place.observed ? [] : compareOtherKeywords(our, their, place)),
  ]
}

function compareItems({ items: ours }: NormalSchema, { items: theirs }: NormalSchema, place: SchemaPlace): Draft[] {
  if (theirs === undefined && (ours === undefined || place.observed)) return []
  return compareSchemas(ours ?? {}, theirs ?? {}, { ...place, pointer: `${place.pointer}/items` })
}
