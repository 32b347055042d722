import { isObject } from '@livepeer-ai/openapi'
import { groupBy } from '../../group-by.ts'
import { cleanSchema, shapeOf } from '../schemas/compare-schemas.ts'
import type { Draft } from '../../drift-finding.ts'
import { driftSeverities } from '../../drift-class.ts'

/** A difference within a body, with the schemas of the whole body. */
export type BodyDraft = Draft & { whole?: { ours: unknown; theirs: unknown } }

/**
 * Errors that come in another envelope are one difference, told once for all statuses that share it, not one for each property.
 *
 * @param responses - JSON Pointer to the responses of the operation.
 */
export function collapseEnvelopes(drafts: readonly BodyDraft[], responses: string): Draft[] {
  const isEnvelope = (draft: BodyDraft) =>
    isError(draft) && drafts.some((one) => sameBody(one, draft) && changesEnvelope(one))
  const changed = drafts.filter(isEnvelope)
  const byShape = groupBy(changed, ({ whole }) => shapeOf(whole!.theirs))
  return [
    ...drafts.filter((draft) => !isEnvelope(draft)).map(({ whole: _whole, ...draft }) => draft),
    ...[...byShape].map(([shape, group]) => envelope(shape, group, responses)),
  ]
}

const isError = ({ status = '2', whole }: BodyDraft) => whole !== undefined && !status.startsWith('2')
const bodyOf = ({ pointer }: Draft) => pointer.slice(0, pointer.indexOf('/schema') + '/schema'.length)
const sameBody = (one: BodyDraft, other: BodyDraft) => one.status === other.status && bodyOf(one) === bodyOf(other)

/** It is not the documented object: another type, or its documented properties are not there, or something else is in them. */
function changesEnvelope({ class: name, pointer, whole }: BodyDraft): boolean {
  if (!whole) return false
  const depth = pointer.slice(pointer.indexOf('/schema')).split('/properties/').length - 1
  const [ours, theirs] = [propertiesOf(whole.ours), propertiesOf(whole.theirs)]
  const disjoint = ours.length > 0 && theirs.length > 0 && !ours.some((property) => theirs.includes(property))
  return disjoint || (depth <= 1 && !pointer.includes('/items') && driftSeverities[name] === 'breaking')
}

const propertiesOf = (schema: unknown) => (isObject(schema) ? Object.keys(schema['properties'] ?? {}) : [])

function envelope(shape: string, group: BodyDraft[], pointer: string): Draft {
  const bodies = [...groupBy(group, bodyOf)]
  const statuses = [...new Set(group.map(({ status }) => status!))].toSorted()
  const ours = [...new Set(group.map(({ whole }) => shapeOf(whole!.ours)))]
  const samples = bodies.reduce((sum, [, [first]]) => sum + samplesOf(first!), 0)
  return {
    class: 'error-envelope-changed',
    pointer,
    status: statuses.join(', '),
    message: `errors are ${shape} instead of ${ours.join(' or ')}`,
    shape,
    ...(samples && { samples }),
    examples: [...new Set(group.flatMap(({ examples = [] }) => examples))],
    changes: bodies.map(([body, [first]]) => ({
      pointer: body,
      action: 'set',
      value: cleanSchema(first!.whole!.theirs),
    })),
  }
}

function samplesOf({ whole }: BodyDraft): number {
  const samples = isObject(whole?.theirs) ? whole.theirs['x-samples'] : 0
  return typeof samples === 'number' ? samples : 0
}
