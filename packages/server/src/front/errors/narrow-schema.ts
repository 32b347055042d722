import { isObject, isReference, resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'

/** A larger schema takes seconds to compile: an error of Stripe leads to all of its objects. */
const maxNodes = 3000

/** The members of the known shapes of errors. */
const members = new Set('detail loc msg type error message code errors title status'.split(' '))

/** The known shapes of errors have no deeper value. */
const maxDepth = 5

/** Returns true for a schema that is too large to compile during a request. */
export function isLarge(schema: object): boolean {
  const visited = new Set<unknown>()
  const visit = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null || visited.has(node)) return false
    visited.add(node)
    return visited.size > maxNodes || Object.values(node).some(visit)
  }
  return visit(schema)
}

/** Returns a schema without references and without the properties that no known shape has. */
export function narrowSchema(description: OpenAPI, schema: Schema): Schema {
  let nodes = 0
  const visit = (node: unknown, depth: number, trail: readonly string[]): unknown => {
    // Choices among many schemas multiply. An empty schema accepts every value.
    if (++nodes > maxNodes) return {}
    if (Array.isArray(node)) return node.map((item) => visit(item, depth, trail))
    if (!isObject(node)) return node
    const { $ref } = node
    if (isReference($ref)) {
      if (depth > maxDepth || trail.includes($ref)) return {}
      return visit(resolveReference(description, node), depth, [...trail, $ref])
    }
    const entries = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
      if (/^(x-|examples?$|default$|\$defs$|definitions$)/.test(key)) return []
      if (key === 'properties' && isObject(value)) return [[key, visitProperties(value, depth + 1)]]
      const isInner = /^(items|prefixItems|additionalProperties|contains)$/.test(key)
      return [[key, isInner ? visit(value, depth + 1, []) : visit(value, depth, trail)]]
    })
    return Object.fromEntries(entries)
  }
  const visitProperties = (properties: object, depth: number) =>
    Object.fromEntries(
      Object.entries(properties).flatMap(([name, value]) =>
        members.has(name) ? [[name, visit(value, depth, [])]] : [],
      ),
    )
  return visit(schema, 0, []) as Schema
}
