import { isObject } from '@livepeer-ai/openapi'
import type { DriftSeverity } from '../../drift-class.ts'
import { pointerTo, type Draft, type DriftChange } from '../../drift-finding.ts'
import { driftSeverities } from '../../drift-class.ts'

/** A schema as `normalizeSchema` gives it. One that was inferred from answers says so: what it does not state is not known. */
export type NormalSchema = Record<string, unknown>

/** What an inferred schema says about itself, beside the keywords of JSON Schema. */
export interface Evidence {
  'x-samples'?: number
  'x-examples'?: string[]
}

export interface SchemaPlace {
  direction: 'request' | 'response'
  pointer: string
  status?: string
  /** Their schema was inferred from answers. */
  observed?: boolean
}

/** How their schema differs from ours for a client that follows ours. Both are normalized. */
export function compareSchemas(ours: unknown, theirs: unknown, place: SchemaPlace): Draft[] {
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return []
  const [our, their] = [flatten(ours), flatten(theirs)]
  // A circle of references: its first round has been compared.
  if ('recursion' in our || 'recursion' in their) return []
  if (hasChoices(our) || hasChoices(their)) return compareChoices(our, their, place)
  const [types, disjoint] = compareTypes(our, their, place)
  if (disjoint) return types
  return [
    ...types,
    ...compareEnums(our, their, place),
    ...compareLimits(our, their, place),
    ...(place.observed ? [] : compareAnnotations(our, their, place)),
    ...compareProperties(our, their, place),
    ...compareItems(our, their, place),
    ...(place.observed ? [] : compareRest(our, their, place)),
  ]
}

function flatten(schema: unknown): NormalSchema {
  if (!isObject(schema)) return schema === false ? { not: {} } : {}
  const { allOf, ...own } = schema
  return Array.isArray(allOf) ? [own, ...allOf.map(flatten)].reduce(join) : schema
}

const join = (left: NormalSchema, right: NormalSchema): NormalSchema => ({
  ...left,
  ...right,
  ...(('properties' in left || 'properties' in right) && {
    properties: { ...(left['properties'] as object), ...(right['properties'] as object) },
  }),
  ...(('required' in left || 'required' in right) && { required: [...namesIn(left), ...namesIn(right)] }),
})

const namesIn = ({ required }: NormalSchema) => (Array.isArray(required) ? (required as string[]) : [])

const hasChoices = ({ anyOf, oneOf }: NormalSchema) => anyOf !== undefined || oneOf !== undefined

/** The alternatives of a schema, each with what stands beside them; one for each type where only types are listed. */
function choicesOf({ anyOf, oneOf, ...own }: NormalSchema): NormalSchema[] {
  const options = anyOf ?? oneOf
  if (Array.isArray(options)) return options.flatMap((option) => choicesOf(join(own, flatten(option))))
  return Array.isArray(own['type']) ? own['type'].map((type: unknown) => ({ ...own, type })) : [own]
}

/** Whatever may be answered has to fit one of our alternatives; whatever of ours may be sent, one of theirs. */
function compareChoices(ours: NormalSchema, theirs: NormalSchema, place: SchemaPlace): Draft[] {
  const [our, their] = [choicesOf(ours), choicesOf(theirs)]
  const least = (all: Draft[][]) => all.reduce((one, other) => (weight(other) < weight(one) ? other : one))
  const drafts =
    place.direction === 'response'
      ? their.flatMap((answer) => least(our.map((option) => compareSchemas(option, answer, place))))
      : our.flatMap((request) => least(their.map((option) => compareSchemas(request, option, place))))
  const changes = [set(place.pointer, cleanSchema(theirs))]
  const distinct = new Map(drafts.map((one) => [`${one.class} ${one.pointer} ${one.shape}`, { ...one, changes }]))
  if (distinct.size || place.observed) return [...distinct.values()]
  const name = place.direction === 'response' ? 'response-type-specialized' : 'request-type-widened'
  return [draft(place, theirs, name, 'other alternatives', changes, shapeOf(theirs))]
}

const grave: Record<DriftSeverity, number> = { critical: 10_000, breaking: 1_000, warning: 100, additive: 10, info: 1 }
const weight = (drafts: Draft[]) => drafts.reduce((sum, { class: name }) => sum + grave[driftSeverities[name]], 0)

/** The JSON types that a schema allows; undefined for any. */
function typesOf(schema: NormalSchema): string[] | undefined {
  const { type, enum: values, properties } = schema
  if (type !== undefined) return [type].flat() as string[]
  if (Array.isArray(values)) return [...new Set(values.map(typeOf))]
  return properties === undefined ? undefined : ['object']
}

/** The JSON type of a value, telling integers from other numbers. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function draft(
  place: SchemaPlace,
  their: NormalSchema,
  name: Draft['class'],
  message: string,
  changes: DriftChange[],
  shape = '',
) {
  const { 'x-samples': samples, 'x-examples': examples } = their as Evidence
  return {
    class: name,
    pointer: place.pointer,
    message,
    shape,
    changes,
    ...(place.status !== undefined && { status: place.status }),
    ...(samples !== undefined && { samples }),
    ...(examples && { examples }),
  } satisfies Draft
}

function compareTypes(
  our: NormalSchema,
  their: NormalSchema,
  place: SchemaPlace,
): [drafts: Draft[], disjoint: boolean] {
  const [ours, theirs] = [typesOf(our), typesOf(their)]
  const allows = (types: string[], type: string) =>
    types.includes(type) || (type === 'integer' && types.includes('number'))
  const added = ours ? (theirs?.filter((type) => !allows(ours, type)) ?? ['anything']) : []
  const removed = theirs ? (ours?.filter((type) => !allows(theirs, type)) ?? ['anything']) : []
  if (!added.length && !removed.length) return [[], false]

  const told = `${(theirs ?? ['anything']).join(' or ')} instead of ${(ours ?? ['anything']).join(' or ')}`
  const whole = place.pointer.endsWith('/schema') || !('type' in our) || !('type' in their)
  const changes = [set(whole ? place.pointer : `${place.pointer}/type`, whole ? cleanSchema(their) : their['type'])]
  const shape = (place.direction === 'request' ? removed : added).toSorted().join()
  const make = (name: Draft['class'], message: string) => draft(place, their, name, message, changes, shape)
  const disjoint = Boolean(ours && theirs && !theirs.some((type) => type !== 'null' && allows(ours, type)))
  if (place.direction === 'request') {
    if (removed.length) return [[make('request-type-changed', told)], disjoint]
    return [[make('request-type-widened', told)], disjoint]
  }
  const others = added.filter((type) => type !== 'null')
  if (others.length) return [[make('response-type-changed', told)], disjoint]
  if (added.length) return [[make('response-became-nullable', 'may be null')], disjoint]
  const certain = !place.observed || (ours !== undefined && ((their as Evidence)['x-samples'] ?? 0) >= enough)
  return [certain ? [make('response-type-specialized', told)] : [], false]
}

/** Answers that it takes to say that something never happens. */
const enough = 5

function compareEnums({ enum: our }: NormalSchema, their: NormalSchema, place: SchemaPlace): Draft[] {
  const theirs = their['enum']
  const without = (left: unknown, right: unknown) =>
    Array.isArray(left) && Array.isArray(right) ? left.filter((value) => !right.includes(value)) : []
  const added = our === undefined ? [] : theirs === undefined ? ['any other value'] : without(theirs, our)
  const removed = theirs === undefined ? [] : our === undefined ? ['any other value'] : without(our, theirs)
  const pointer = `${place.pointer}/enum`
  const changes: DriftChange[] =
    place.observed && Array.isArray(theirs)
      ? added.map((value) => ({ pointer, action: 'add', value }))
      : [put(pointer, theirs)]
  // What happens to be seen varies from run to run.
  const shape = place.observed ? '' : JSON.stringify(theirs ?? null)
  const list = (values: unknown[]) => values.map(String).join(', ')
  const isRequest = place.direction === 'request'
  const makeWider = () =>
    draft(
      place,
      their,
      isRequest ? 'request-enum-widened' : 'response-enum-widened',
      `also ${list(added)}`,
      changes,
      shape,
    )
  const makeNarrower = () =>
    draft(
      place,
      their,
      isRequest ? 'request-enum-narrowed' : 'response-enum-narrowed',
      our === undefined ? `only ${list(theirs as unknown[])}` : `not ${list(removed)}`,
      changes,
      shape,
    )
  return [...(added.length ? [makeWider()] : []), ...(removed.length && !place.observed ? [makeNarrower()] : [])]
}

/** Whether a value that is greater leaves less room. */
const limits: Record<string, 'lower' | 'upper' | 'other'> = {
  minimum: 'lower',
  exclusiveMinimum: 'lower',
  minLength: 'lower',
  minItems: 'lower',
  minProperties: 'lower',
  maximum: 'upper',
  exclusiveMaximum: 'upper',
  maxLength: 'upper',
  maxItems: 'upper',
  maxProperties: 'upper',
  pattern: 'other',
  multipleOf: 'other',
  uniqueItems: 'other',
}

function compareLimits(our: NormalSchema, their: NormalSchema, place: SchemaPlace): Draft[] {
  return Object.entries(limits).flatMap(([keyword, kind]) => {
    const [ours, theirs] = [our[keyword], their[keyword]]
    if (ours === theirs || (place.observed && (ours === undefined || theirs === undefined))) return []
    const tighter =
      ours === undefined ||
      (theirs !== undefined && kind !== 'other' && (kind === 'lower') === (theirs as number) > (ours as number))
    const changed = ours !== undefined && theirs !== undefined && kind === 'other'
    const hurts = changed || tighter === (place.direction === 'request')
    if (!hurts && place.observed) return []
    const names: Record<SchemaPlace['direction'], [hurts: Draft['class'], else_: Draft['class']]> = {
      request: ['request-limit-tightened', 'request-limit-relaxed'],
      response: ['response-constraint-relaxed', 'response-constraint-tightened'],
    }
    const message = `${keyword} is ${told(theirs)} instead of ${told(ours)}`
    const changes = [put(`${place.pointer}/${keyword}`, theirs)]
    const shape = place.observed ? keyword : `${keyword} ${String(theirs)}`
    return [draft(place, their, names[place.direction][hurts ? 0 : 1], message, changes, shape)]
  })
}

/** What a value is told by, and what a request means that leaves it out. */
function compareAnnotations(our: NormalSchema, their: NormalSchema, place: SchemaPlace): Draft[] {
  const compare = (keyword: string, name: Draft['class']) => {
    if (JSON.stringify(our[keyword]) === JSON.stringify(their[keyword])) return []
    const message = `${keyword} is ${told(their[keyword])} instead of ${told(our[keyword])}`
    const changes = [put(`${place.pointer}/${keyword}`, their[keyword])]
    return [draft(place, their, name, message, changes, JSON.stringify(their[keyword] ?? null))]
  }
  return place.direction === 'request'
    ? [...compare('default', 'request-default-changed'), ...compare('format', 'request-format-changed')]
    : compare('format', 'response-format-changed')
}

function compareProperties(our: NormalSchema, their: NormalSchema, place: SchemaPlace): Draft[] {
  const propertiesOf = ({ properties }: NormalSchema) => (properties ?? {}) as Record<string, unknown>
  const [ours, theirs] = [propertiesOf(our), propertiesOf(their)]
  const [ourRequired, theirRequired] = [new Set(namesIn(our)), new Set(namesIn(their))]
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs), ...ourRequired, ...theirRequired])
  if (place.observed && !typesOf(their)?.includes('object')) return []
  return [...names].flatMap((name) => {
    const at = { ...place, pointer: pointerTo(place.pointer, 'properties', name) }
    const [inOurs, inTheirs] = [Object.hasOwn(ours, name), Object.hasOwn(theirs, name)]
    const theirSchema = flatten(inTheirs ? theirs[name] : {})
    const evidence = inTheirs ? theirSchema : their
    const list = `${place.pointer}/required`
    const removed: DriftChange[] = [
      ...(inOurs ? [{ pointer: at.pointer, action: 'remove' as const }] : []),
      ...(ourRequired.has(name) ? [{ pointer: list, action: 'drop' as const, value: name }] : []),
    ]
    const required: DriftChange = { pointer: list, action: theirRequired.has(name) ? 'add' : 'drop', value: name }
    const found = propertyClass(place, {
      ours: inOurs || ourRequired.has(name),
      theirs: inTheirs || theirRequired.has(name),
      ourRequired: ourRequired.has(name),
      theirRequired: theirRequired.has(name),
      samples: (their as Evidence)['x-samples'] ?? 0,
      refused: their['additionalProperties'] === false,
    })
    const changes = !(inTheirs || theirRequired.has(name))
      ? removed
      : inOurs
        ? [required]
        : [set(at.pointer, cleanSchema(theirSchema)), ...(theirRequired.has(name) ? [required] : [])]
    const shape = inOurs || place.observed ? '' : shapeOf(theirSchema)
    return [
      ...(found ? [draft(at, evidence, found[0], `${name} ${found[1]}`, changes, shape)] : []),
      ...(inOurs && inTheirs ? compareSchemas(ours[name], theirs[name], at) : []),
    ]
  })
}

interface PropertyFacts {
  ours: boolean
  theirs: boolean
  ourRequired: boolean
  theirRequired: boolean
  samples: number
  /** What is not listed is an error. */
  refused: boolean
}

function propertyClass(
  { direction, observed }: SchemaPlace,
  facts: PropertyFacts,
): [Draft['class'], string] | undefined {
  const { ours, theirs, ourRequired, theirRequired, samples, refused } = facts
  if (direction === 'request') {
    if (theirRequired && !ourRequired) return ['request-property-became-required', 'is required']
    if (!theirs)
      return refused ? ['request-property-refused', 'is refused'] : ['request-property-removed', 'is not there']
    if (!ours) return ['request-property-added', 'can be sent']
    return ourRequired && !theirRequired ? ['request-property-became-optional', 'is optional'] : undefined
  }
  if (!ours) return ['response-undocumented-property', 'is not documented']
  if (ourRequired && !theirRequired)
    return ['response-required-property-missing', theirs ? 'is not always there' : 'is missing']
  if (!theirs && observed)
    return samples >= enough ? ['response-optional-property-never-seen', 'was never there'] : undefined
  if (!theirs) return ['response-optional-property-removed', 'is not there']
  return theirRequired && !ourRequired && !observed
    ? ['response-property-became-required', 'is always there']
    : undefined
}

function compareItems(our: NormalSchema, their: NormalSchema, place: SchemaPlace): Draft[] {
  if (our['items'] === undefined && their['items'] === undefined) return []
  if (place.observed && their['items'] === undefined) return []
  return compareSchemas(our['items'] ?? {}, their['items'] ?? {}, { ...place, pointer: `${place.pointer}/items` })
}

const compared = new Set([
  'type',
  'enum',
  'format',
  'default',
  'properties',
  'required',
  'items',
  ...Object.keys(limits),
])

/** Keywords that nothing above understands: that they differ is all that can be said. */
function compareRest(our: NormalSchema, their: NormalSchema, place: SchemaPlace): Draft[] {
  const differing = [...new Set([...Object.keys(our), ...Object.keys(their)])]
    .filter((keyword) => !compared.has(keyword) && !keyword.startsWith('x-'))
    .filter((keyword) => JSON.stringify(our[keyword]) !== JSON.stringify(their[keyword]))
  return differing.map((keyword) =>
    draft(
      place,
      their,
      `${place.direction}-schema-changed`,
      `${keyword} differs`,
      [put(pointerTo(place.pointer, keyword), their[keyword])],
      keyword + JSON.stringify(their[keyword] ?? null),
    ),
  )
}

const set = (pointer: string, value: unknown): DriftChange => ({ pointer, action: 'set', value })
const put = (pointer: string, value: unknown): DriftChange =>
  value === undefined ? { pointer, action: 'remove' } : set(pointer, value)
const told = (value: unknown) => (value === undefined ? 'not stated' : JSON.stringify(value))

/** A schema as a description can state it: without extensions; of an inferred one the types and names, not the values that happened to be seen. */
export function cleanSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(cleanSchema)
  if (!isObject(schema)) return schema
  const isKept = (keyword: string) =>
    !keyword.startsWith('x-') && !('x-samples' in schema && (keyword === 'enum' || Object.hasOwn(limits, keyword)))
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => isKept(keyword))
      .map(([keyword, value]) => [
        keyword,
        keyword === 'properties' ? cleanedMap(value as object) : cleanSchema(value),
      ]),
  )
}

const cleanedMap = (schemas: object) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, cleanSchema(schema)]))

/** A schema in a few characters, for example `{detail:{msg:string}}`. */
export function shapeOf(schema: unknown): string {
  const flat = flatten(schema)
  if (hasChoices(flat)) return [...new Set(choicesOf(flat).map(shapeOf))].toSorted().join('|')
  return (typesOf(flat) ?? ['any'])
    .map((type) => {
      if (type === 'array') return `[${shapeOf(flat['items'] ?? {})}]`
      if (type !== 'object') return type
      const properties = Object.entries((flat['properties'] ?? {}) as Record<string, unknown>)
      return `{${properties.map(([name, value]) => `${name}:${shapeOf(value)}`).join()}}`
    })
    .toSorted()
    .join('|')
}
