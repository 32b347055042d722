import type { Draft } from '../../drift-finding.ts'
import { cleanSchema } from './clean-schema.ts'
import { changeTo, makeDraft, type SchemaPlace } from './draft.ts'
import { enoughSamples, evidenceOf, typesOf, type NormalSchema } from './schema.ts'

/** Compares `type`. If the types are disjoint, the other keywords cannot be compared. */
export function compareTypes(
  ours: NormalSchema,
  theirs: NormalSchema,
  place: SchemaPlace,
): { drafts: Draft[]; disjoint: boolean } {
  const [ourTypes, theirTypes] = [typesOf(ours), typesOf(theirs)]
  const added = listMissing(theirTypes, ourTypes)
  const removed = listMissing(ourTypes, theirTypes)
  if (!added.length && !removed.length) return { drafts: [], disjoint: false }
  const found = place.direction === 'request' ? classifyRequest(removed) : classifyResponse(added)
  const isUncertain =
    found === 'response-type-specialized' &&
    place.observed &&
    (ourTypes === undefined || (evidenceOf(theirs)['x-samples'] ?? 0) < enoughSamples)
  if (isUncertain) return { drafts: [], disjoint: false }

  const difference = `${nameTypes(theirTypes)} instead of ${nameTypes(ourTypes)}`
  const isWhole = place.pointer.endsWith('/schema') || !('type' in ours) || !('type' in theirs)
  const change = isWhole
    ? changeTo(place.pointer, cleanSchema(theirs))
    : changeTo(`${place.pointer}/type`, theirs['type'])
  const draft = makeDraft(place, theirs, {
    class: found,
    message: found === 'response-became-nullable' ? 'may be null' : difference,
    changes: [change],
    shape: (place.direction === 'request' ? removed : added).toSorted().join(),
  })
  return { drafts: [draft], disjoint: found !== 'response-type-specialized' && areDisjoint(ourTypes, theirTypes) }
}

/** Returns the types of `types` that `others` does not allow. Undefined allows any type. */
function listMissing(types: string[] | undefined, others: string[] | undefined): string[] {
  if (!others) return []
  return types ? types.filter((type) => !allowsType(others, type)) : ['anything']
}

function allowsType(types: string[], type: string): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'))
}

function areDisjoint(ours: string[] | undefined, theirs: string[] | undefined): boolean {
  if (!ours || !theirs) return false
  return !theirs.some((type) => type !== 'null' && allowsType(ours, type))
}

const nameTypes = (types: string[] = ['anything']) => types.join(' or ')

const classifyRequest = (removed: string[]): Draft['class'] =>
  removed.length ? 'request-type-changed' : 'request-type-widened'

function classifyResponse(added: string[]): Draft['class'] {
  if (!added.length) return 'response-type-specialized'
  return added.every((type) => type === 'null') ? 'response-became-nullable' : 'response-type-changed'
}
