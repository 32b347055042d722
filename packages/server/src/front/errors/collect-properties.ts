import { isObject, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'

/** Returns the properties that a schema documents in any of its parts, each with one schema. */
export function collectProperties(description: OpenAPI, schema: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>()
  const visited = new Set<unknown>()
  const visit = (node: unknown): void => {
    if (!isObject(node) || visited.has(node)) return
    visited.add(node)
    const { properties, allOf, anyOf, oneOf } = resolveReference<Record<string, unknown>>(description, node)
    for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) found.set(name, property)
    for (const part of [allOf, anyOf, oneOf].flat()) visit(part)
  }
  visit(schema)
  return found
}
