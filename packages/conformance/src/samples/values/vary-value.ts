import { isObject, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import { flattenSchema, type FlatSchema } from './flatten-schema.ts'
import { formats } from './formats.ts'
import { generateNumber, generateValue, isReadOnly } from './generate-value.ts'

/** A value with a change in one place. */
export interface Variation {
  /** The keyword of the schema that the change is about. */
  keyword: string
  /** JSON Pointer to the changed place. */
  pointer: string
  value: unknown
  /** The change in a few words, for example `/guests below its minimum`. */
  words: string
}

interface Place {
  value: unknown
  flat: FlatSchema
  keywords: Record<string, never>
}

/** Returns a value that breaks a keyword of the schema, or undefined if no value does. */
type Breaker = (limit: never, place: Place) => unknown

const step = ({ flat }: Place): number => (flat.type === 'integer' ? 1 : 0.5)
const stretch = (text: unknown, length: number): string => {
  const known = typeof text === 'string' && text !== '' ? text : 'x'
  return known.slice(0, length).padEnd(length, known.at(-1))
}
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const repeatTo = (value: unknown, length: number): unknown[] | undefined => {
  const items = listOf(value)
  return items.length > 0 && length < 2000
    ? Array.from({ length }, (_, index) => items[index % items.length])
    : undefined
}
/** Makes texts different, so that they break no other keyword. */
const spread = (items: unknown[] | undefined, { uniqueItems }: { uniqueItems?: boolean }): unknown[] | undefined =>
  uniqueItems ? items?.map((item, index) => (typeof item === 'string' && index > 0 ? `${item}${index}` : item)) : items

const mismatches = ['!', 'no such thing ~', '\u2603', '']

/** Breaks one keyword each. */
const breakers: Readonly<Record<string, [words: string, broken: Breaker]>> = {
  minimum: ['below its minimum', (limit: number, place) => limit - step(place)],
  exclusiveMinimum: ['at its exclusive minimum', (limit: number) => limit],
  maximum: ['above its maximum', (limit: number, place) => limit + step(place)],
  exclusiveMaximum: ['at its exclusive maximum', (limit: number) => limit],
  multipleOf: ['between two multiples', (limit: number, { value }) => Number(value) + limit / 2],
  minLength: ['too short', (limit: number, { value }) => (limit > 0 ? stretch(value, limit - 1) : undefined)],
  maxLength: ['too long', (limit: number, { value }) => (limit < 100_000 ? stretch(value, limit + 1) : undefined)],
  pattern: [
    'outside its pattern',
    (pattern: string, { keywords }) => mismatchOf(pattern, keywords['minLength'] ?? 0, keywords['maxLength']),
  ],
  format: ['outside its format', (format: string) => formats[format]?.invalid],
  enum: [
    'outside its enumeration',
    (values: unknown[]) => (values.some((one) => typeof one === 'string') ? 'no-such-value' : 987_654_321),
  ],
  const: ['another constant', () => 'no-such-value'],
  minItems: [
    'with too few items',
    (limit: number, { value }) => (limit > 0 ? listOf(value).slice(0, limit - 1) : undefined),
  ],
  maxItems: [
    'with too many items',
    (limit: number, { value, keywords }) => spread(repeatTo(value, limit + 1), keywords),
  ],
  uniqueItems: [
    'with an item twice',
    (isUnique: boolean, { value }) => (isUnique ? repeatTo(value, listOf(value).length + 1) : undefined),
  ],
  minProperties: ['with too few properties', () => ({})],
}

function mismatchOf(pattern: string, least: number, most: number | undefined): string | undefined {
  const matcher = new RegExp(pattern, 'u')
  return mismatches.map((text) => text.padEnd(least, '!').slice(0, most)).find((text) => !matcher.test(text))
}

/** Values of another type. */
const wrongTypes: Readonly<Record<string, unknown>> = {
  string: 12_345,
  integer: 'many',
  number: 'many',
  boolean: 'perhaps',
  array: 'no list',
  object: 'no object',
}

/** Lists the changes that make a value invalid, one for each keyword of each place. */
export function listViolations(description: OpenAPI, schema: unknown, valid: unknown): Variation[] {
  return visit(description, schema, valid, '', (place, pointer) => [
    ...breakType(place, pointer),
    ...breakKeywords(place, pointer),
    ...breakObject(place, pointer),
  ])
}

function breakType({ flat }: Place, pointer: string): Variation[] {
  const { type, nullable } = flat
  const at = pointer || 'the body'
  const found: Variation[] = []
  if (type !== undefined && type in wrongTypes)
    found.push({ keyword: 'type', pointer, value: wrongTypes[type], words: `${at} of another type` })
  if (type !== undefined && !nullable && type !== 'null')
    found.push({ keyword: 'nullable', pointer, value: null, words: `${at} as null` })
  return found
}

function breakKeywords(place: Place, pointer: string): Variation[] {
  return Object.entries(breakers).flatMap(([keyword, [words, broken]]) => {
    const limit = place.keywords[keyword]
    const value = limit === undefined ? undefined : broken(limit, place)
    return value === undefined ? [] : [{ keyword, pointer, value, words: `${pointer || 'the body'} ${words}` }]
  })
}

function breakObject({ flat, value }: Place, pointer: string): Variation[] {
  if (!isObject(value)) return []
  const missing = flat.required
    .filter((name) => name in value)
    .map((name) => {
      const { [name]: _, ...rest } = value
      return { keyword: 'required', pointer: `${pointer}/${name}`, value: rest, words: `no ${pointer}/${name}` }
    })
  const isClosed = [flat.keywords['additionalProperties'], flat.keywords['unevaluatedProperties']].includes(false)
  if (!isClosed) return missing
  const extra = { ...value, unexpectedProperty: 'unexpected' }
  return [
    ...missing,
    {
      keyword: 'additionalProperties',
      pointer,
      value: extra,
      words: `an unknown property in ${pointer || 'the body'}`,
    },
  ]
}

/** Collects the variations of each place of a value, and puts each into the whole value. */
function visit(
  description: OpenAPI,
  schema: unknown,
  value: unknown,
  pointer: string,
  vary: (place: Place, pointer: string) => Variation[],
  depth = 0,
): Variation[] {
  const flat = flattenSchema(description, schema)
  const own = vary({ value, flat, keywords: flat.keywords as Record<string, never> }, pointer)
  if (depth >= 3) return own
  const inner = Object.entries(flat.type === 'object' ? flat.properties : {}).flatMap(([name, property]) => {
    if (!isObject(value) || isReadOnly(property, description)) return []
    const member = value[name] ?? generateValue(property, { description }, name)
    return visit(description, property, member, `${pointer}/${name}`, vary, depth + 1).map((variation) =>
      // A missing property changes the object around it.
      ({ ...variation, value: { ...value, [name]: variation.value } }),
    )
  })
  if (!Array.isArray(value) || !flat.items || value.length === 0) return [...own, ...inner]
  const [first, ...rest] = value as unknown[]
  const items = visit(description, flat.items, first, `${pointer}/0`, vary, depth + 1)
  return [...own, ...items.map((variation) => ({ ...variation, value: [variation.value, ...rest] }))]
}

/** Returns the value with each number and text at the low or the high end of what is allowed. */
export function toEdge(description: OpenAPI, schema: unknown, value: unknown, end: 'low' | 'high', depth = 0): unknown {
  const flat = flattenSchema(description, schema)
  const keywords = flat.keywords as Record<string, number | undefined>
  if ('const' in keywords || 'enum' in keywords || 'format' in keywords || 'pattern' in keywords || depth > 3)
    return value
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
      const property: Schema | undefined = flat.properties[name]
      return [name, property ? toEdge(description, property, member, end, depth + 1) : member]
    })
    return Object.fromEntries(entries)
  }
  if (typeof value === 'number') {
    const bound = end === 'low' ? keywords['minimum'] : keywords['maximum']
    const edge = bound === undefined ? undefined : roundInside(bound, keywords['multipleOf'], end)
    return edge ?? (keywords['exclusiveMinimum'] === undefined ? value : generateNumber(flat))
  }
  if (typeof value === 'string') {
    const length = end === 'low' ? keywords['minLength'] : keywords['maxLength']
    return length === undefined || length > 10_000 ? value : stretch(value, length)
  }
  return value
}

/** Returns the multiple next to a bound, on the valid side. */
function roundInside(bound: number, multiple: number | undefined, end: 'low' | 'high'): number {
  if (multiple === undefined) return bound
  return (end === 'low' ? Math.ceil(bound / multiple) : Math.floor(bound / multiple)) * multiple
}

/** Lists the valid changes of a value to each other value of an enumeration, and to null. */
export function listAlternatives(description: OpenAPI, schema: unknown, valid: unknown): Variation[] {
  return visit(description, schema, valid, '', ({ flat, keywords, value }, pointer) => {
    const others = listOf(keywords['enum']).filter((one) => one !== value && one !== null)
    const all = flat.nullable && value !== null ? [...others, null] : others
    return all.map((one) => ({
      keyword: 'enum',
      pointer,
      value: one,
      words: `${pointer || 'the value'} as ${JSON.stringify(one)}`,
    }))
  })
}
