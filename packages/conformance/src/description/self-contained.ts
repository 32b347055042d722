import { isObject, resolveSchema, sliceDescription, type OpenAPI, type Schema } from '@livepeer-ai/openapi'

/** The side that sends a value. A `readOnly` property is no part of a request, and so on. */
export type Side = 'request' | 'response'

const known: Record<Side, WeakMap<Schema, Schema>> = { request: new WeakMap(), response: new WeakMap() }

/** Returns a schema with all that it refers to, for one side; the same one for each call. */
export function selfContained(description: OpenAPI, schema: Schema, side: Side): Schema {
  const found = known[side].get(schema)
  if (found) return found
  const whole = loosen(sliceDescription(description, { ...schema }), description, side) as Schema
  known[side].set(schema, whole)
  return whole
}

/** Removes the properties of the other side from the required ones. */
function loosen(node: unknown, description: OpenAPI, side: Side, foreign: readonly string[] = []): unknown {
  if (Array.isArray(node)) return node.map((item) => loosen(item, description, side, foreign))
  if (!isObject(node)) return node
  const omitted = [...foreign, ...listForeign(node, description, side)]
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => {
    if (key === 'required' && Array.isArray(value))
      return [key, value.filter((name: string) => !omitted.includes(name))]
    return [key, loosen(value, description, side, key === 'allOf' ? omitted : [])]
  })
  return Object.fromEntries(entries)
}

/** Lists the properties of a schema that only the other side sends. */
function listForeign(schema: Schema, description: OpenAPI, side: Side): string[] {
  const { properties, allOf } = schema
  const flag = side === 'request' ? 'readOnly' : 'writeOnly'
  const own = isObject(properties)
    ? Object.keys(properties).filter((name) => resolveSchema(description, properties[name])[flag] === true)
    : []
  const parts = Array.isArray(allOf) ? (allOf as unknown[]) : []
  return [...own, ...parts.flatMap((part) => listForeign(resolveSchema(description, part), description, side))]
}
