import type { Draft, DriftChange } from '../../drift-finding.ts'
import { changeTo, makeDraft, type SchemaPlace } from './draft.ts'
import type { NormalSchema } from './schema.ts'

/** Compares `enum`. */
export function compareEnums({ enum: ours }: NormalSchema, schema: NormalSchema, place: SchemaPlace): Draft[] {
  const theirs = schema['enum']
  const added = listMissing(theirs, ours)
  const removed = place.observed ? [] : listMissing(ours, theirs)
  const pointer = `${place.pointer}/enum`
  const changes: DriftChange[] =
    place.observed && Array.isArray(theirs)
      ? added.map((value) => ({ pointer, action: 'add', value }))
      : [changeTo(pointer, theirs)]
  // The values that answers happen to have vary from run to run.
  const shape = place.observed ? '' : JSON.stringify(theirs ?? null)
  const make = (change: 'widened' | 'narrowed', message: string) =>
    makeDraft(place, schema, { class: `${place.direction}-enum-${change}`, message, changes, shape })
  const wider = added.length ? [make('widened', `also ${listValues(added)}`)] : []
  const narrower = ours === undefined ? `only ${listValues(theirs)}` : `not ${listValues(removed)}`
  return [...wider, ...(removed.length ? [make('narrowed', narrower)] : [])]
}

/** Returns the values that `others` does not list. Without an enumeration any value is allowed. */
function listMissing(values: unknown, others: unknown): unknown[] {
  if (others === undefined) return []
  if (values === undefined) return ['any other value']
  if (!Array.isArray(values) || !Array.isArray(others)) return []
  return values.filter((value) => !others.includes(value))
}

const listValues = (values: unknown) => [values].flat().map(String).join(', ')
