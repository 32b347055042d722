import { isObject, resolveReference, type OpenAPI, type Schema } from './openapi.ts'

/** A schema and the document that its references resolve in. */
export type SchemaOf = [description: OpenAPI, schema: Schema]

/**
 * Returns true if two schemas accept the same values, whatever framework or OpenAPI version wrote
 * them.
 */
export function sameSchema(left: SchemaOf, right: SchemaOf): boolean {
  return JSON.stringify(normalizeSchema(...left)) === JSON.stringify(normalizeSchema(...right))
}

/**
 * Returns the normal form of a schema. References are resolved, OpenAPI 3.0 becomes 3.1,
 * annotations are removed, keys and sets are sorted. Equivalent schemas become equal.
 */
export function normalizeSchema(description: OpenAPI, schema: Schema): unknown {
  return normalize(schema, { description, references: [] })
}

interface Context {
  description: OpenAPI
  /** The references on the way here, outermost first. */
  references: string[]
}

type Read = (value: unknown, context: Context) => unknown

const one: Read = normalize
const list: Read = (value, context) => (value as unknown[]).map((entry) => normalize(entry, context))
const choice: Read = (value, context) => sorted(list(value, context) as unknown[])
const map: Read = (value, context) =>
  Object.fromEntries(sorted(Object.entries(value as object)).map(([key, schema]) => [key, normalize(schema, context)]))
const set: Read = (value) => sorted(value as unknown[])
const drop: Read = () => undefined

/** The reader of each keyword. Other keywords are compared unchanged; `x-` keywords are removed. */
const keywords: Record<string, Read> = {
  ...each(['title', 'description', 'example', 'examples', 'deprecated', 'externalDocs', '$comment', '$schema'], drop),
  ...each(['properties', 'patternProperties', 'dependentSchemas'], map),
  ...each(['allOf', 'prefixItems'], list),
  ...each(['anyOf', 'oneOf'], choice),
  ...each(['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'], one),
  ...each(['required', 'enum'], set),
}

/** Rewrites equivalent spellings, in this order. */
const spellings: ((schema: Schema) => Schema)[] = [
  // Pydantic 1 wraps a reference that has a description.
  (schema) => {
    const { allOf, ...siblings } = schema
    return Array.isArray(allOf) && allOf.length === 1 && !Object.keys(allOf[0]).some((key) => key in siblings)
      ? { ...siblings, ...allOf[0] }
      : schema
  },
  // OpenAPI 3.0 has no type `null`; pydantic 2 writes a choice instead.
  ({ nullable, ...schema }) => (nullable === true ? orNull(schema) : schema),
  (schema) => {
    const { anyOf, ...siblings } = schema
    const others = Array.isArray(anyOf) ? anyOf.filter((option) => option.type !== 'null') : []
    const isOptional = others.length === 1 && others[0].type && (anyOf as unknown[]).length === 2
    return isOptional ? { ...siblings, ...orNull(others[0]) } : schema
  },
  (schema) => (Array.isArray(schema['type']) ? { ...schema, type: unwrapped(sorted(schema['type'])) } : schema),
  // FastAPI for OpenAPI 3.1 marks a file by the media type of a string.
  (schema) => {
    const { contentMediaType, ...siblings } = schema
    return contentMediaType === 'application/octet-stream' ? { ...siblings, format: 'binary' } : schema
  },
  ({ const: only, ...schema }) => (only === undefined ? schema : { ...schema, enum: [only] }),
  // OpenAPI 3.0 marks an exclusive bound with a flag.
  (schema) => exclusive(exclusive(schema, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum'),
  // An empty schema accepts everything.
  (schema) => without(schema, 'items', isAnything),
  (schema) => without(schema, 'additionalProperties', isAnything),
  (schema) => without(schema, 'required', (names) => Array.isArray(names) && !names.length),
  // FastAPI's validation issues have two more optional properties since pydantic 2.
  (schema) => {
    const { properties, required } = schema as { properties?: Schema; required?: string[] }
    if (!properties || required?.join() !== 'loc,msg,type') return schema
    const { input: _input, ctx: _ctx, ...rest } = properties
    return { ...schema, properties: rest }
  },
]

function normalize(node: unknown, context: Context): unknown {
  if (node === true) return {}
  if (!isObject(node)) return node
  const { $ref, ...siblings } = node
  if (typeof $ref === 'string') return follow($ref, siblings, context)
  const read = Object.entries(node).flatMap(([keyword, value]) => {
    const result = keyword.startsWith('x-') ? undefined : (keywords[keyword] ?? ((same) => same))(value, context)
    return result === undefined ? [] : [[keyword, result] as const]
  })
  const schema = spellings.reduce((result, spelling) => spelling(result), Object.fromEntries(read) as Schema)
  return Object.fromEntries(sorted(Object.entries(schema)))
}

function follow($ref: string, siblings: Schema, { description, references }: Context): unknown {
  const depth = references.indexOf($ref)
  if (depth >= 0) return { recursion: references.length - depth }
  const target = resolveReference<Schema>(description, { $ref })
  const allOf = [target, ...((siblings['allOf'] as Schema[] | undefined) ?? [])]
  return normalize({ ...siblings, allOf }, { description, references: [...references, $ref] })
}

const orNull = (schema: Schema): Schema => ({ ...schema, type: sorted([...new Set([schema['type'], 'null'].flat())]) })

const isAnything = (value: unknown) => isObject(value) && !Object.keys(value).length

function without(schema: Schema, keyword: string, isEmpty: (value: unknown) => boolean): Schema {
  const { [keyword]: value, ...rest } = schema
  return isEmpty(value) ? rest : schema
}

function exclusive(schema: Schema, bound: string, flag: string): Schema {
  if (typeof schema[flag] !== 'boolean') return schema
  const { [bound]: limit, [flag]: isExclusive, ...rest } = schema
  return { ...rest, [isExclusive ? flag : bound]: limit }
}

const unwrapped = (values: unknown[]) => (values.length === 1 ? values[0] : values)

function sorted<T>(values: T[]): T[] {
  return values.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
}

function each(names: string[], read: Read): Record<string, Read> {
  return Object.fromEntries(names.map((name) => [name, read]))
}
