import { driftSeverities, type DriftSeverity } from '../../drift-class.ts'
import type { Draft } from '../../drift-finding.ts'
import { cleanSchema } from './clean-schema.ts'
import { changeTo, makeDraft, type CompareSchemas, type SchemaPlace } from './draft.ts'
import type { NormalSchema } from './schema.ts'
import { listAlternatives, shapeOf } from './shape.ts'

/**
 * Compares `anyOf` and `oneOf`. Every response that they allow must fit one of our alternatives;
 * every request that we allow must fit one of theirs.
 */
export function compareAlternatives(
  ours: NormalSchema,
  theirs: NormalSchema,
  place: SchemaPlace,
  compareSchemas: CompareSchemas,
): Draft[] {
  const [our, their] = [listAlternatives(ours), listAlternatives(theirs)]
  const isResponse = place.direction === 'response'
  const drafts = isResponse
    ? their.flatMap((answer) => findBest(our.map((option) => compareSchemas(option, answer, place))))
    : our.flatMap((request) => findBest(their.map((option) => compareSchemas(request, option, place))))
  const changes = [changeTo(place.pointer, cleanSchema(theirs))]
  const distinct = new Map(drafts.map((one) => [`${one.class} ${one.pointer} ${one.shape}`, { ...one, changes }]))
  if (distinct.size || place.observed) return [...distinct.values()]
  const difference = { message: 'the alternatives differ', changes, shape: shapeOf(theirs) }
  return [
    makeDraft(place, theirs, {
      class: isResponse ? 'response-type-specialized' : 'request-type-widened',
      ...difference,
    }),
  ]
}

/** Returns the comparison with the least severe drafts; the first one if several are equal. */
function findBest(comparisons: Draft[][]): Draft[] {
  return comparisons.reduce((one, other) => (weigh(other) < weigh(one) ? other : one))
}

const weights: Record<DriftSeverity, number> = {
  critical: 10_000,
  breaking: 1_000,
  warning: 100,
  additive: 10,
  info: 1,
}

const weigh = (drafts: Draft[]) => drafts.reduce((sum, draft) => sum + weights[driftSeverities[draft.class]], 0)
