import { isObject } from '@livepeer-ai/openapi'
import { driftSeverities } from '../../drift-class.ts'
import type { Draft } from '../../drift-finding.ts'
import { groupBy } from '../../group-by.ts'
import { cleanSchema } from '../schemas/clean-schema.ts'
import { shapeOf } from '../schemas/shape.ts'

/** A difference within a body, with the schemas of the whole body. */
export type BodyDraft = Draft & { whole?: WholeBody }

interface WholeBody {
  ours: unknown
  theirs: unknown
}

/**
 * Replaces the drafts of a changed error envelope with one draft for all statuses that share it.
 *
 * @param responses - JSON Pointer to the responses of the operation.
 */
export function collapseEnvelopes(drafts: readonly BodyDraft[], responses: string): Draft[] {
  const changed: EnvelopeDraft[] = []
  const others: Draft[] = []
  for (const { whole, ...draft } of drafts) {
    const { status = '2' } = draft
    const isEnvelope =
      whole !== undefined &&
      !status.startsWith('2') &&
      drafts.some((other) => isSameBody(other, draft) && changesEnvelope(other))
    if (isEnvelope) changed.push({ ...draft, status, whole })
    else others.push(draft)
  }
  const byShape = groupBy(changed, ({ whole }) => shapeOf(whole.theirs))
  return [...others, ...[...byShape].map(([shape, group]) => joinEnvelopes(shape, group, responses))]
}

type EnvelopeDraft = Draft & { status: string; whole: WholeBody }

const bodyOf = ({ pointer }: Draft) => pointer.slice(0, pointer.indexOf('/schema') + '/schema'.length)
const isSameBody = (one: Draft, other: Draft) => one.status === other.status && bodyOf(one) === bodyOf(other)

/**
 * Returns true if the type differs, documented properties are missing, or all properties are
 * different ones.
 */
function changesEnvelope({ class: name, pointer, whole }: BodyDraft): boolean {
  if (!whole) return false
  const depth = pointer.slice(pointer.indexOf('/schema')).split('/properties/').length - 1
  const [ours, theirs] = [propertyNamesOf(whole.ours), propertyNamesOf(whole.theirs)]
  const areDisjoint = ours.length > 0 && theirs.length > 0 && !ours.some((property) => theirs.includes(property))
  return areDisjoint || (depth <= 1 && !pointer.includes('/items') && driftSeverities[name] === 'breaking')
}

const propertyNamesOf = (schema: unknown) => (isObject(schema) ? Object.keys(schema['properties'] ?? {}) : [])

function joinEnvelopes(shape: string, group: EnvelopeDraft[], pointer: string): Draft {
  // The first draft of a body stands for it.
  const bodies = [...groupBy(group, bodyOf)].flatMap(([body, [first]]) =>
    first ? [{ body, theirs: first.whole.theirs }] : [],
  )
  const statuses = [...new Set(group.map(({ status }) => status))].toSorted()
  const ours = [...new Set(group.map(({ whole }) => shapeOf(whole.ours)))]
  return {
    class: 'error-envelope-changed',
    pointer,
    status: statuses.join(', '),
    message: `errors are ${shape} instead of ${ours.join(' or ')}`,
    shape,
    samples: bodies.reduce((sum, { theirs }) => sum + samplesOf(theirs), 0),
    examples: [...new Set(group.flatMap(({ examples = [] }) => examples))],
    changes: bodies.map(({ body, theirs }) => ({ pointer: body, action: 'set', value: cleanSchema(theirs) })),
  }
}

function samplesOf(schema: unknown): number {
  const samples = isObject(schema) ? schema['x-samples'] : 0
  return typeof samples === 'number' ? samples : 0
}
