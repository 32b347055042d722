import { isObject } from '@livepeer-ai/openapi'

/**
 * A schema as `normalizeSchema` returns it. If it was inferred from answers, it has the keywords of
 * {@link Evidence}, and a keyword that it lacks is unknown.
 */
export type NormalSchema = Record<string, unknown>

/** The keywords that mark a schema as inferred from answers. */
export interface Evidence {
  'x-samples'?: number
  'x-examples'?: string[]
}

/** Answers that are needed before the absence of something counts. */
export const enoughSamples = 5

/** Returns the evidence of an inferred schema. */
export function evidenceOf(schema: NormalSchema): Evidence {
  return schema
}

/** Merges the parts of `allOf` into one schema; turns a boolean schema into an object. */
export function flattenSchema(schema: unknown): NormalSchema {
  if (!isObject(schema)) return schema === false ? { not: {} } : {}
  const { allOf, ...own } = schema
  return Array.isArray(allOf) ? [own, ...allOf.map(flattenSchema)].reduce(joinSchemas) : schema
}

/** Returns a schema with the keywords of both; the second one wins. */
export function joinSchemas(left: NormalSchema, right: NormalSchema): NormalSchema {
  const joined = { ...left, ...right }
  if ('properties' in joined) joined['properties'] = { ...propertiesOf(left), ...propertiesOf(right) }
  if ('required' in joined) joined['required'] = [...requiredOf(left), ...requiredOf(right)]
  return joined
}

/** Returns the schemas of the properties; empty if there are none. */
export function propertiesOf({ properties }: NormalSchema): Record<string, unknown> {
  return (properties ?? {}) as Record<string, unknown>
}

/** Returns the names of the required properties. */
export function requiredOf({ required }: NormalSchema): string[] {
  return Array.isArray(required) ? (required as string[]) : []
}

/** Returns the JSON types that a schema allows, or undefined if it allows any. */
export function typesOf({ type, enum: values, properties }: NormalSchema): string[] | undefined {
  if (type !== undefined) return [type].flat() as string[]
  if (Array.isArray(values)) return [...new Set(values.map(typeOf))]
  return properties === undefined ? undefined : ['object']
}

/** Returns the JSON type of a value, with `integer` apart from `number`. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
