import { isObject, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'

/** Replaces every reference of the description with its target, except recursive ones. */
export function dereference(description: OpenAPI): OpenAPI {
  function replace(node: unknown, inside: readonly string[]): unknown {
    if (Array.isArray(node)) return node.map((item) => replace(item, inside))
    if (!isObject(node)) return node
    const { $ref, ...siblings } = node
    if (typeof $ref !== 'string')
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replace(value, inside)]))
    if (inside.includes($ref)) return node
    const target = replace(resolveReference<unknown>(description, { $ref }), [...inside, $ref])
    return isObject(target) ? { ...target, ...(replace(siblings, inside) as object) } : target
  }
  return replace(description, []) as OpenAPI
}
