import type { Draft } from '../../drift-finding.ts'
import { changeTo, makeDraft, quoteValue, type SchemaPlace } from './draft.ts'
import { limits, type LimitKind } from './keywords.ts'
import type { NormalSchema } from './schema.ts'

/** Compares the keywords that limit numbers, strings, arrays and objects. */
export function compareLimits(ours: NormalSchema, theirs: NormalSchema, place: SchemaPlace): Draft[] {
  return [...limits].flatMap(([keyword, kind]) => {
    const [our, their] = [ours[keyword], theirs[keyword]]
    if (our === their || (place.observed && (our === undefined || their === undefined))) return []
    const hurts = isChanged(our, their, kind) || isTighter(our, their, kind) === (place.direction === 'request')
    if (!hurts && place.observed) return []
    const [harmful, harmless] = classes[place.direction]
    return makeDraft(place, theirs, {
      class: hurts ? harmful : harmless,
      message: `${keyword} is ${quoteValue(their)} instead of ${quoteValue(our)}`,
      changes: [changeTo(`${place.pointer}/${keyword}`, their)],
      shape: place.observed ? keyword : `${keyword} ${String(their)}`,
    })
  })
}

const classes: Record<SchemaPlace['direction'], [harmful: Draft['class'], harmless: Draft['class']]> = {
  request: ['request-limit-tightened', 'request-limit-relaxed'],
  response: ['response-constraint-relaxed', 'response-constraint-tightened'],
}

const isChanged = (our: unknown, their: unknown, kind: LimitKind) =>
  kind === 'other' && our !== undefined && their !== undefined

function isTighter(our: unknown, their: unknown, kind: LimitKind): boolean {
  if (our === undefined) return true
  if (their === undefined || kind === 'other') return false
  return (kind === 'lower') === Number(their) > Number(our)
}
