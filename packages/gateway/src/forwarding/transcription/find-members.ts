import { isObject } from '@livepeer-ai/openapi'

/** Objects inside a body are searched to this depth. */
const maxDepth = 3
/** An error says nothing about the speech. */
const ignored = new Set(['error', 'detail'])

/**
 * Returns the first value that `read` finds in a body or in the objects inside it, outer ones
 * first.
 */
export function findMember<T>(body: unknown, read: (object: Record<string, unknown>) => T | undefined): T | undefined {
  let level = objectsOf(body)
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    for (const object of level) {
      const found = read(object)
      if (found !== undefined) return found
    }
    level = level.flatMap((object) =>
      Object.entries(object).flatMap(([name, value]) => (ignored.has(name) ? [] : objectsOf(value))),
    )
  }
  return undefined
}

/** Some engines put their one answer into a list. */
function objectsOf(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) && value.length === 1 ? value : [value]).filter(isObject)
}

/** Returns the first of these members that is neither absent nor null. */
export function firstOf(object: Record<string, unknown>, names: readonly string[]): unknown {
  return names.map((name) => object[name]).find((value) => value !== undefined && value !== null)
}
