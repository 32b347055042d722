import type { Draft, DriftChange } from '../../drift-finding.ts'
import { evidenceOf, type NormalSchema } from './schema.ts'

/** The place of two schemas in their descriptions. */
export interface SchemaPlace {
  direction: 'request' | 'response'
  pointer: string
  status?: string | undefined
  /** True if their schema was inferred from answers. */
  observed?: boolean | undefined
}

/** Compares two schemas; the comparisons of nested schemas get it as an argument. */
export type CompareSchemas = (ours: unknown, theirs: unknown, place: SchemaPlace) => Draft[]

/** Makes a draft at a place, with the evidence that `theirs` carries. */
export function makeDraft(
  place: SchemaPlace,
  theirs: NormalSchema,
  difference: Pick<Draft, 'class' | 'message' | 'changes' | 'shape'>,
): Draft {
  const { 'x-samples': samples, 'x-examples': examples } = evidenceOf(theirs)
  return { shape: '', ...difference, pointer: place.pointer, status: place.status, samples, examples }
}

/** Returns the change that sets a keyword, or removes it if the value is undefined. */
export function changeTo(pointer: string, value: unknown): DriftChange {
  return value === undefined ? { pointer, action: 'remove' } : { pointer, action: 'set', value }
}

/** Formats the value of a keyword for a message. */
export function quoteValue(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value)
}
