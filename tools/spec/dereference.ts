import { isObject, kindOfChild, resolveReference, type OpenAPI, type PlaceKind } from '@livepeer-ai/openapi'

/** Limit on the copies of references. Beyond it, they stay as they are. */
const maxNodes = 2_000_000

/**
 * Replaces the references of the description with their targets, except recursive ones. In
 * examples and extensions, a reference is data.
 */
export function dereference(description: OpenAPI): OpenAPI {
  let nodes = 0

  function replace(node: unknown, inside: readonly string[], kind: PlaceKind): unknown {
    nodes++
    if (kind === 'data') return node
    if (Array.isArray(node)) return node.map((item) => replace(item, inside, kind))
    if (!isObject(node)) return node
    const { $ref, ...siblings } = node
    if (typeof $ref !== 'string' || kind !== 'fields')
      return Object.fromEntries(
        Object.entries(node).map(([key, value]) => [key, replace(value, inside, kindOfChild(kind, key, value))]),
      )
    if (inside.includes($ref) || nodes > maxNodes) return node
    const target = replace(resolveReference<unknown>(description, { $ref }), [...inside, $ref], 'fields')
    return isObject(target) ? { ...target, ...(replace(siblings, inside, kind) as object) } : target
  }

  return replace(description, [], 'fields') as OpenAPI
}
