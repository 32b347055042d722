import { isObject } from '@livepeer-ai/openapi'
import { typeOf } from '../schemas/compare-schemas.ts'

/**
 * What is known of the JSON values seen at one place. {@link mergeSummaries} is associative and commutative and {@link emptySummary} changes nothing:
 * what parts of a run, or many gateways, have seen can be added up in any order. Plain JSON.
 */
export interface ValueSummary {
  /** Values seen. */
  samples: number
  /** How many of each JSON type; an integer is not counted as a number. */
  types: Record<string, number>
  /** Of objects: each property seen; it was there `samples` times. */
  properties?: Record<string, ValueSummary>
  /** Of arrays: all of their items. */
  items?: ValueSummary
  /** Of scalars: the different values as JSON, sorted; null when there were more than {@link mostValues}. */
  values?: string[] | null
  /** Of numbers, of the lengths of strings, of the lengths of arrays. */
  ranges?: Partial<Record<RangeName, [least: number, greatest: number]>>
}

type RangeName = 'number' | 'string' | 'array'

/** Different values that are remembered, as candidates of an enumeration and as examples. */
export const mostValues = 12
const longestValue = 80
/** A body may be nested deeper than the stack is. */
const deepest = 32

export const emptySummary: ValueSummary = { samples: 0, types: {} }

/** What one value shows. Text is cut by `redact` before any of it is kept. */
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
  // JSON has no -0 to come back as: adding 0 makes one of the two.
  const text = redact(JSON.stringify(value)).slice(0, longestValue)
  const range = typeof value === 'string' ? Array.from(value).length : typeof value === 'number' ? value + 0 : undefined
  return {
    ...one,
    values: [text],
    ...(range !== undefined && { ranges: { [typeof value as RangeName]: [range, range] } }),
  }
}

/** What two observers of the same place have seen together. */
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
    ...(properties && { properties }),
    ...(items && { items }),
    ...(values !== undefined && { values }),
    ...(ranges && { ranges }),
  }
}

function mergeOptional<T>(left: T | undefined, right: T | undefined, merge: (left: T, right: T) => T): T | undefined {
  if (left === undefined) return right
  return right === undefined ? left : merge(left, right)
}

function mergeMaps<T>(left: Record<string, T>, right: Record<string, T>, merge: (left: T, right: T) => T) {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].toSorted()
  const get = (map: Record<string, T>, name: string) => (Object.hasOwn(map, name) ? map[name] : undefined)
  return Object.fromEntries(names.map((name) => [name, mergeOptional(get(left, name), get(right, name), merge)!]))
}

function mergeValues(left: string[] | null, right: string[] | null): string[] | null {
  if (!left || !right) return null
  const all = [...new Set([...left, ...right])].toSorted()
  return all.length > mostValues ? null : all
}

/**
 * The narrowest schema that all values seen are valid by, as far as it can be told from them. Every property that was always there is required.
 * `x-samples` and `x-examples` say what it rests on.
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
  const required = Object.entries(properties ?? {}).filter(([, property]) => property.samples === types['object'])
  const isScalar = !properties && !items
  const limits = Object.entries(ranges).flatMap(([name, [least, greatest]]) => {
    const [lower, upper] = keywords[name as RangeName]
    return [[lower, least] as const, [upper, greatest] as const]
  })
  return {
    ...(type.length && { type: type.length === 1 ? type[0] : type }),
    ...(isScalar && values && { enum: values.map(parsed) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, inferSchema(property)]),
      ),
    }),
    ...(required.length && { required: required.map(([name]) => name) }),
    ...(items?.samples && { items: inferSchema(items) }),
    ...Object.fromEntries(limits),
    'x-samples': samples,
    'x-examples': (values ?? []).slice(0, 3),
  }
}

const keywords: Record<RangeName, [lower: string, upper: string]> = {
  number: ['minimum', 'maximum'],
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems'],
}

/** Text that was cut is no JSON any more: it stands for itself. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
