import { isObject } from '@livepeer-ai/openapi'
import type { PrismOperation } from './prism-operation.ts'

/** The parts of an operation that describe its responses. */
type Parts = Pick<PrismOperation, 'responses'>

/**
 * Returns a function that leaves only the required properties in the responses of an operation.
 * Prism generates no body for a schema that it finds too large.
 */
export function createRequiredParts(): (operation: PrismOperation) => Parts {
  const known = new WeakMap<PrismOperation, Parts>()
  return (operation) => {
    const found = known.get(operation)
    if (found) return found
    const bundle: unknown = Reflect.get(operation, '__bundled__')
    const parts = {
      ...(isObject(bundle) && { __bundled__: prune(bundle, false) }),
      responses: prune(operation.responses, false) as PrismOperation['responses'],
    }
    known.set(operation, parts)
    return parts
  }
}

/** `isMap` is true for the properties of a schema: their names are not keywords. */
function prune(node: unknown, isMap: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => prune(item, false))
  if (!isObject(node)) return node
  const required = Array.isArray(node['required']) ? (node['required'] as unknown[]) : []
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => {
    if (isMap || key !== 'properties' || !isObject(value)) return [key, prune(value, false)]
    const kept = Object.entries(value).filter(([name]) => required.includes(name))
    return [key, prune(Object.fromEntries(kept), true)]
  })
  return Object.fromEntries(entries)
}
