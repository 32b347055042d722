import { normalizeSchema } from '@livepeer-ai/openapi/normalize-schema'
import { pointerTo, type Draft } from '../../drift-finding.ts'
import { compareSchemas } from '../schemas/compare-schemas.ts'
import type { NormalSchema } from '../schemas/schema.ts'
import type { Side } from './side.ts'

/** Compares the parameters as if they were properties of one object. */
export function compareParameters(our: Side, their: Side, operation: string): Draft[] {
  const pointer = pointerTo(operation, 'parameters')
  const drafts = compareSchemas(toObjectSchema(our), toObjectSchema(their), { direction: 'request', pointer })
  return drafts.map((draft) => ({
    ...draft,
    pointer,
    shape: `${draft.pointer.slice(pointer.length)} ${draft.shape ?? ''}`,
    changes: [],
  }))
}

function toObjectSchema({ description, parameters }: Side): NormalSchema {
  // Path parameters are bound by their position in the template, not by name.
  const named = parameters
    .filter(({ in: place }) => place !== 'path')
    .map(({ in: place, name, schema = {}, required }) => ({ key: `${place} ${name}`, schema, required }))
  return {
    type: 'object',
    properties: Object.fromEntries(named.map(({ key, schema }) => [key, normalizeSchema(description, schema)])),
    required: named.filter(({ required }) => required).map(({ key }) => key),
  }
}
