import { isObject, resolveSchema, type OpenAPI, type Schema } from '@livepeer-ai/openapi'

/** A schema without references and choices: what one valid value has to fit. */
export interface FlatSchema {
  type: string | undefined
  /** True if null is valid, too. */
  nullable: boolean
  properties: Readonly<Record<string, Schema>>
  required: readonly string[]
  items: Schema | undefined
  /** All other keywords. */
  keywords: Schema
}

/** Follows references, merges `allOf`, and takes the first alternative of `oneOf` and `anyOf`. */
export function flattenSchema(description: OpenAPI, schema: unknown): FlatSchema {
  const merged = merge(description, schema, 0)
  const types = [merged['type'] ?? guessType(merged)].flat() as (string | undefined)[]
  return {
    type: types.find((type) => type !== 'null') ?? types[0],
    nullable: types.includes('null') || [merged['enum']].flat().includes(null),
    properties: isObject(merged['properties']) ? (merged['properties'] as Record<string, Schema>) : {},
    required: Array.isArray(merged['required']) ? (merged['required'] as string[]) : [],
    items: isObject(merged['items']) ? merged['items'] : undefined,
    keywords: merged,
  }
}

const guessType = ({ properties, items, pattern, minLength, minimum, maximum }: Schema): string | undefined => {
  if (properties !== undefined) return 'object'
  if (items !== undefined) return 'array'
  if (pattern !== undefined || minLength !== undefined) return 'string'
  return minimum !== undefined || maximum !== undefined ? 'number' : undefined
}

/** A schema that contains itself by way of `allOf` ends here. */
const maxDepth = 20

function merge(description: OpenAPI, schema: unknown, depth: number): Schema {
  const { $ref, allOf, oneOf, anyOf, ...own } = isObject(schema) ? schema : {}
  const parts: Schema[] = []
  if (depth < maxDepth) {
    if ($ref !== undefined) parts.push(merge(description, resolveSchema(description, { $ref }), depth + 1))
    if (Array.isArray(allOf)) parts.push(...allOf.map((part) => merge(description, part, depth + 1)))
    for (const choice of [oneOf, anyOf])
      if (Array.isArray(choice)) parts.push(mergeChoice(choice.map((one) => merge(description, one, depth + 1))))
  }
  return [...parts, own].reduce(join, {})
}

/** Returns the first alternative that is not null alone; null stays valid. */
function mergeChoice(alternatives: readonly Schema[]): Schema {
  const isNull = ({ type }: Schema) => type === 'null'
  const first = alternatives.find((one) => !isNull(one)) ?? {}
  if (!alternatives.some(isNull) || first['type'] === undefined) return first
  return { ...first, type: [first['type'], 'null'].flat() }
}

const join = (one: Schema, other: Schema): Schema => {
  const joined = { ...one, ...other }
  if (isObject(one['properties']) && isObject(other['properties']))
    joined['properties'] = { ...one['properties'], ...other['properties'] }
  if (Array.isArray(one['required']) && Array.isArray(other['required']))
    joined['required'] = [...new Set([...(one['required'] as string[]), ...(other['required'] as string[])])]
  return joined
}
