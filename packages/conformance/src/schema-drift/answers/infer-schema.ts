import { isObject } from '@livepeer-ai/openapi'
import { typeOf } from '../schemas/schema.ts'

/**
 * A summary of the JSON values at one place. Plain JSON. {@link mergeSummaries} is associative and
 * commutative, and {@link emptySummary} is its neutral element: summaries merge in any order.
 */
export interface ValueSummary {
  /** Number of values. */
  samples: number
  /** Number of values of each JSON type; an integer does not count as a number. */
  types: Record<string, number>
  /** Of objects: the properties. The `samples` of each say how often it was present. */
  properties?: Record<string, ValueSummary> | undefined
  /** Of arrays: all of their items. */
  items?: ValueSummary | undefined
  /**
   * Of scalars: the distinct values as JSON, sorted; null if there are more than {@link
   * mostValues}.
   */
  values?: string[] | null | undefined
  /** Of numbers, of the lengths of strings, of the lengths of arrays. */
  ranges?: Partial<Record<RangeName, [least: number, greatest: number]>> | undefined
}

type RangeName = 'number' | 'string' | 'array'

/** Number of distinct values to keep, as candidates for an enumeration and as examples. */
export const mostValues = 12
const longestValue = 80
/** Depth limit: a body can be nested deeper than the stack allows. */
const deepest = 32

export const emptySummary: ValueSummary = { samples: 0, types: {} }

/** Summarizes one value. `redact` is applied to text before it is kept. */
export function summarizeValue(
  value: unknown,
  redact: (text: string) => string = (text) => text,
  depth = 0,
): ValueSummary {
  const type = typeOf(value)
  const one = { samples: 1, types: { [type]: 1 } }
  if (depth >= deepest) return one
  if (Array.isArray(value)) {
    const items = value.map((item) => summarizeValue(item, redact, depth + 1)).reduce(mergeSummaries, emptySummary)
    return { ...one, items, ranges: { array: [value.length, value.length] } }
  }
  if (isObject(value)) {
    const properties = Object.entries(value).map(
      ([name, item]) => [name, summarizeValue(item, redact, depth + 1)] as const,
    )
    return { ...one, properties: Object.fromEntries(properties) }
  }
  const text = redact(JSON.stringify(value)).slice(0, longestValue)
  return { ...one, values: [text], ranges: rangesOf(value) }
}

function rangesOf(value: unknown): ValueSummary['ranges'] {
  if (typeof value === 'string') {
    const { length } = Array.from(value)
    return { string: [length, length] }
  }
  // JSON has no -0: adding 0 turns it into 0.
  return typeof value === 'number' ? { number: [value + 0, value + 0] } : undefined
}

/** Merges two summaries of the same place. */
export function mergeSummaries(left: ValueSummary, right: ValueSummary): ValueSummary {
  const items = mergeOptional(left.items, right.items, mergeSummaries)
  const properties = mergeOptional(left.properties, right.properties, (one, other) =>
    mergeMaps(one, other, mergeSummaries),
  )
  const values = mergeOptional(left.values, right.values, mergeValues)
  const ranges = mergeOptional(left.ranges, right.ranges, (one, other) =>
    mergeMaps(one, other, ([least, greatest], [less, greater]) => [Math.min(least, less), Math.max(greatest, greater)]),
  )
  return {
    samples: left.samples + right.samples,
    types: mergeMaps(left.types, right.types, (one, other) => one + other),
    properties,
    items,
    values,
    ranges,
  }
}

function mergeOptional<T>(left: T | undefined, right: T | undefined, merge: (left: T, right: T) => T): T | undefined {
  if (left === undefined) return right
  return right === undefined ? left : merge(left, right)
}

function mergeMaps<T>(left: Record<string, T>, right: Record<string, T>, merge: (left: T, right: T) => T) {
  const merged = new Map(Object.entries(left))
  for (const [name, value] of Object.entries(right)) {
    const other = merged.get(name)
    merged.set(name, other === undefined ? value : merge(other, value))
  }
  return Object.fromEntries([...merged].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function mergeValues(left: string[] | null, right: string[] | null): string[] | null {
  if (!left || !right) return null
  const all = [...new Set([...left, ...right])].toSorted()
  return all.length > mostValues ? null : all
}

/**
 * Infers the narrowest schema that accepts every value. A property that was always present is
 * required. `x-samples` and `x-examples` hold the evidence.
 */
export function inferSchema({
  samples,
  types,
  properties,
  items,
  values,
  ranges = {},
}: ValueSummary): Record<string, unknown> {
  const names = Object.keys(types).toSorted()
  const type = names.includes('number') ? names.filter((name) => name !== 'integer') : names
  const entries = Object.entries(properties ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const required = entries.filter(([, property]) => property.samples === types['object']).map(([name]) => name)
  const isScalar = !properties && !items
  const schema = {
    type: type.length > 1 ? type : type[0],
    enum: isScalar && values ? values.map(parseValue) : undefined,
    properties: properties && Object.fromEntries(entries.map(([name, property]) => [name, inferSchema(property)])),
    required: required.length ? required : undefined,
    items: items?.samples ? inferSchema(items) : undefined,
    ...toLimits(ranges),
    'x-samples': samples,
    'x-examples': (values ?? []).slice(0, 3),
  }
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined))
}

function toLimits(ranges: NonNullable<ValueSummary['ranges']>): Record<string, number> {
  const limits = Object.entries(ranges).flatMap(([name, [least, greatest]]) => {
    const [lower, upper] = keywords[name as RangeName]
    return [
      [lower, least],
      [upper, greatest],
    ] as const
  })
  return Object.fromEntries(limits)
}

const keywords: Record<RangeName, [lower: string, upper: string]> = {
  number: ['minimum', 'maximum'],
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems'],
}

/** Parses JSON. Text that was cut is returned as it is. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
