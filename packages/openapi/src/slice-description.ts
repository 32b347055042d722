import { isObject, valueAt, type OpenAPI } from './openapi.ts'

/** A reference that cannot be followed. */
export interface BrokenReference {
  /** JSON Pointer to the Reference Object. */
  pointer: string
  $ref: string
}

/**
 * Adds to `part`, which has some members of the description at their places, all that these refer
 * to. Unlike the description, the result is small. References in examples and extensions need not
 * resolve; all others that do not are passed to `onBroken`.
 */
export function sliceDescription<Part extends object>(
  description: OpenAPI,
  part: Part,
  onBroken: (broken: BrokenReference) => void = () => {},
): Part {
  new Slicer(description, part, onBroken).visit(part, '', 'fields')
  return part
}

class Slicer {
  readonly #description: OpenAPI
  readonly #part: object
  readonly #onBroken: (broken: BrokenReference) => void
  readonly #visited = new Set<unknown>()
  /** The references that have been followed; false: leads nowhere. */
  readonly #included = new Map<string, boolean>()

  constructor(description: OpenAPI, part: object, onBroken: (broken: BrokenReference) => void) {
    this.#description = description
    this.#part = part
    this.#onBroken = onBroken
  }

  /** Includes all that a value refers to. */
  visit(node: unknown, pointer: string, kind: PlaceKind): void {
    if (!isContainer(node) || this.#visited.has(node)) return
    this.#visited.add(node)
    const { $ref } = node as { $ref?: unknown }
    if (isReference($ref) && !(this.#include($ref) && leadsToValue(this.#description, $ref)) && kind !== 'data')
      this.#onBroken({ pointer, $ref })
    for (const [key, value] of Object.entries(node))
      this.visit(value, `${pointer}/${escapeToken(key)}`, kindOfChild(kind, key, value))
  }

  /** Returns false if the reference leads nowhere. */
  #include($ref: string): boolean {
    const known = this.#included.get($ref)
    if (known !== undefined) return known
    this.#included.set($ref, true)
    const isFound = $ref.startsWith('#') && this.#copyTarget(tokensOf($ref))
    this.#included.set($ref, isFound)
    return isFound
  }

  /** Copies a value to the same place in the part. */
  #copyTarget(tokens: string[]): boolean {
    let source: object = this.#description
    let copy: object = this.#part
    for (const [index, token] of tokens.entries()) {
      const { $ref } = source as { $ref?: unknown }
      if (index > 0 && isReference($ref) && !Object.hasOwn(source, token)) {
        const rest = tokens.slice(index).map((later) => `/${encodeURIComponent(escapeToken(later))}`)
        return tokens.length < maxDepth && this.#include($ref) && this.#include($ref + rest.join(''))
      }
      const isLast = index === tokens.length - 1
      const target: unknown = Object.hasOwn(source, token) ? Reflect.get(source, token) : undefined
      if (!isContainer(target)) return isLast && target !== undefined && Reflect.set(copy, token, target)
      const isWhole = isLast || Array.isArray(target) || '$ref' in target
      const known: unknown = Reflect.get(copy, token)
      if (known !== target && (isWhole || !known)) Reflect.set(copy, token, isWhole ? target : {})
      if (isWhole) this.visit(target, toPointer(tokens.slice(0, index + 1)), 'fields')
      source = target
      copy = Reflect.get(copy, token) as object
    }
    if (!tokens.length) this.#copyAll()
    return true
  }

  #copyAll(): void {
    Object.assign(this.#part, this.#description)
    this.visit(this.#description, '', 'fields')
  }
}

/** Longest path of a reference, in tokens. A reference that contains itself grows without end. */
const maxDepth = 100

/**
 * The meaning of the keys of an object. `fields`: keywords of OpenAPI and JSON Schema. `names`:
 * names that the author chose. `extensible`: such names, and extensions. `data`: no meaning.
 */
export type PlaceKind = 'fields' | 'names' | 'extensible' | 'data'

const mapFields: Record<Exclude<PlaceKind, 'fields'>, Set<string>> = {
  data: new Set(['example', 'default', 'enum', 'const', 'value']),
  extensible: new Set(['paths', 'responses', 'callbacks', 'webhooks']),
  names: new Set(
    (
      'properties patternProperties definitions $defs dependentSchemas content encoding headers examples links ' +
      'variables schemas parameters requestBodies securitySchemes pathItems'
    ).split(' '),
  ),
}

/** Returns the kind of the value at a key of an object of this kind. */
export function kindOfChild(kind: PlaceKind, key: string, value: unknown): PlaceKind {
  if (kind === 'data' || (kind !== 'names' && key.startsWith('x-'))) return 'data'
  if (kind !== 'fields') return 'fields'
  if (mapFields.data.has(key) || (key === 'examples' && Array.isArray(value))) return 'data'
  if (Array.isArray(value)) return 'fields'
  if (mapFields.extensible.has(key)) return 'extensible'
  return mapFields.names.has(key) ? 'names' : 'fields'
}

/** Returns true for the value of a `$ref` to follow. Anchors are left to JSON Schema. */
export function isReference($ref: unknown): $ref is string {
  return typeof $ref === 'string' && ($ref.startsWith('#/') || $ref === '#' || /^[^#]/.test($ref))
}

/** Returns the unescaped tokens of a reference within the document. */
export function tokensOf($ref: string): string[] {
  return $ref
    .split('/')
    .slice(1)
    .map((token) => decode(token.replaceAll('~1', '/').replaceAll('~0', '~')))
}

/** Returns the JSON Pointer (RFC 6901) of a path. */
export function toPointer(path: readonly string[]): string {
  return path.map((key) => `/${escapeToken(key)}`).join('')
}

function escapeToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Returns false for a reference that leads back to itself. */
function leadsToValue(description: OpenAPI, $ref: string): boolean {
  const seen = new Set<string>()
  for (let next: unknown = $ref; isReference(next);) {
    if (seen.has(next)) return false
    seen.add(next)
    const target = valueAt(description, toPointer(tokensOf(next)))
    next = isObject(target) ? target['$ref'] : undefined
  }
  return true
}
