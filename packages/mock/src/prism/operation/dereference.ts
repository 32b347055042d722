import { isObject, isReference, kindOfChild, tokensOf, type PlaceKind } from '@livepeer-ai/openapi'
import { pathToPointer } from '@stoplight/json'

/**
 * Replaces all references in a document by what they refer to, as Prism does: siblings of a
 * reference win, and a cycle becomes a reference to its beginning. In examples and extensions, a
 * reference that leads nowhere is data and stays; elsewhere it becomes an empty object.
 */
export function dereference(document: object): object {
  // A document that would be too large keeps its references: Prism follows them, but more slowly.
  return breakCycles(replaceReferences(structuredClone(document))) ?? structuredClone(document)
}

/** Largest number of objects and arrays. GitHub's largest operation has 30,000. */
const maxNodes = 200_000

type Reference = Record<string, unknown> & { $ref: string }

function replaceReferences(document: object): object {
  const targets = new Map<string, unknown>()
  const parents = new Set<unknown>()
  const visited = new Set<unknown>()

  function crawl(node: unknown, kind: PlaceKind): void {
    if (typeof node !== 'object' || node === null || visited.has(node)) return
    visited.add(node)
    parents.add(node)
    for (const [key, value] of Object.entries(node)) {
      const childKind = kindOfChild(kind, key, value)
      if (isReferenceObject(value)) Reflect.set(node, key, resolve(value, childKind))
      else crawl(value, childKind)
    }
    parents.delete(node)
  }

  function resolve(reference: Reference, kind: PlaceKind): unknown {
    const known = targets.get(reference.$ref)
    if (known !== undefined) return extend(reference, known)
    const target = lookUp(document, reference.$ref, new Set())
    if (target === undefined) return kind === 'data' ? reference : {}
    const value = extend(reference, target)
    if (!parents.has(target)) crawl(value, kind)
    if (value === target) targets.set(reference.$ref, value)
    return value
  }

  crawl(document, 'fields')
  return document
}

/** Returns the value that a reference leads to, or undefined. */
function lookUp(document: object, $ref: string, seen: ReadonlySet<string>): unknown {
  if (!$ref.startsWith('#') || seen.has($ref)) return undefined
  const trail = new Set([...seen, $ref])
  const follow = (value: unknown): unknown => {
    if (!isReferenceObject(value)) return value
    const target = lookUp(document, value.$ref, trail)
    return target === undefined ? undefined : extend(value, target)
  }
  let value: unknown = document
  for (const token of tokensOf($ref)) {
    const parent = follow(value)
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, token)) return undefined
    value = Reflect.get(parent, token)
  }
  return follow(value)
}

/** Returns the target of a reference with the siblings of the reference. */
function extend(reference: Reference, target: unknown): unknown {
  const siblings = Object.entries(reference).filter(([name]) => name !== '$ref')
  return isObject(target) && siblings.length ? { ...target, ...Object.fromEntries(siblings) } : target
}

function isReferenceObject(value: unknown): value is Reference {
  return isObject(value) && isReference(value['$ref'])
}

/** Returns undefined if there are too many nodes: shared schemas multiply. */
function breakCycles(document: object): object | undefined {
  const ancestors = new Map<object, string>()
  const tokens = new Map<string, string>()
  let nodes = 0
  const copy = (node: object, pointer: string): object => {
    if (++nodes > maxNodes) return node
    const ancestor = ancestors.get(node)
    if (ancestor !== undefined) return { $ref: ancestor }
    ancestors.set(node, pointer)
    const result: object = Array.isArray(node) ? [] : {}
    for (const key of Object.keys(node)) {
      const value: unknown = Reflect.get(node, key)
      const isNested = typeof value === 'object' && value !== null
      Reflect.set(result, key, isNested ? copy(value, pointer + toToken(key)) : value)
    }
    ancestors.delete(node)
    return result
  }
  const toToken = (key: string): string => {
    const token = tokens.get(key) ?? pathToPointer([key]).slice(1)
    tokens.set(key, token)
    return token
  }
  const result = copy(document, '#')
  return nodes > maxNodes ? undefined : result
}
