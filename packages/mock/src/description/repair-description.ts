import { isObject, isReference, toPointer, tokensOf, valueAt, type OpenAPI } from '@livepeer-ai/openapi'
import { describeBrokenReference, type ReportProblem } from '../calls/problem.ts'
import { descriptionShape, type Shape } from './shapes.ts'

/**
 * Returns a description without the parts that have the wrong structure, so that the rest can be
 * served. Copies only what surrounds such a part. Schemas and examples are not read.
 */
export function repairDescription(description: OpenAPI, report: ReportProblem): OpenAPI {
  return new Repair(description, report).repair(description, descriptionShape, []) as OpenAPI
}

class Repair {
  readonly #description: OpenAPI
  readonly #report: ReportProblem
  /**
   * The results by shape: a component that many operations share is read once, and a reference may
   * lead to a value of another shape.
   */
  readonly #repaired = new Map<Shape, Map<unknown, unknown>>()

  constructor(description: OpenAPI, report: ReportProblem) {
    this.#description = description
    this.#report = report
  }

  /** Returns a value of the shape, or undefined if the value must go. */
  repair(value: unknown, shape: Shape, path: string[]): unknown {
    if (shape.type === 'any') return value
    if (isObject(value) && isReference(value['$ref'])) return this.#repairReference(value, shape, path)
    const known = this.#repaired.get(shape) ?? new Map<unknown, unknown>()
    if (known.has(value)) return known.get(value)
    const result = this.#repairValue(value, shape, path)
    if (typeof value === 'object' && value !== null) this.#repaired.set(shape, known.set(value, result))
    return result
  }

  #repairReference(reference: object, shape: Shape, path: string[]): unknown {
    const seen = new Set<string>()
    let target: unknown = reference
    let place = path
    while (isObject(target) && isReference(target['$ref'])) {
      const { $ref } = target
      place = tokensOf($ref)
      const next = $ref.startsWith('#') && !seen.has($ref) ? valueAt(this.#description, toPointer(place)) : undefined
      if (next === undefined) {
        this.#report({ pointer: toPointer(path), message: describeBrokenReference($ref) })
        return shape.type === 'object' ? shape.instead : undefined
      }
      seen.add($ref)
      target = next
    }
    const result = this.repair(target, shape, place)
    return result === target ? reference : result
  }

  #repairValue(value: unknown, shape: Shape, path: string[]): unknown {
    if (shape.type === 'string') return typeof value === 'string' ? value : this.#refuse(path, 'Not a text')
    if (shape.type === 'array')
      return Array.isArray(value) ? this.#repairItems(value, shape.items, path) : this.#refuse(path, 'Not a list')
    if (!isObject(value) || shape.type === 'any') return this.#refuse(path, 'Not an object')
    if (shape.type === 'map') return this.#repairMembers(value, (key) => shapeOfKey(shape, key), path)
    const missing = shape.required?.find((name) => !Object.hasOwn(value, name))
    if (missing !== undefined) return this.#refuse(path, `${missing} is missing`)
    const result = this.#repairMembers(value, (key) => shape.fields[key] ?? anything, path)
    return shape.required?.every((name) => Object.hasOwn(result, name)) === false ? undefined : result
  }

  #refuse(path: string[], message: string): undefined {
    this.#report({ pointer: toPointer(path), message })
  }

  #repairItems(items: unknown[], shape: Shape, path: string[]): unknown[] {
    const results = items.map((item, index) => this.repair(item, shape, [...path, String(index)]))
    return results.every((result, index) => result === items[index])
      ? items
      : results.filter((result) => result !== undefined)
  }

  #repairMembers(members: object, shapeOf: (key: string) => Shape | undefined, path: string[]): object {
    let result = members
    for (const [key, value] of Object.entries(members)) {
      const shape = shapeOf(key)
      const member = shape
        ? this.repair(value, shape, [...path, key])
        : this.#refuse([...path, key], 'A path must begin with a slash')
      if (member === value) continue
      if (result === members) result = { ...members }
      if (member === undefined) Reflect.deleteProperty(result, key)
      else Reflect.set(result, key, member)
    }
    return result
  }
}

const anything: Shape = { type: 'any' }

/** Returns the shape of a member of a map; undefined for a key that the map must not have. */
function shapeOfKey({ keys, values }: Extract<Shape, { type: 'map' }>, key: string): Shape | undefined {
  if (key.startsWith('x-')) return anything
  return !keys || keys.test(key) ? values : undefined
}
