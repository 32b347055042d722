import { isObject, resolveSchema, type OpenAPI, type Schema } from '@livepeer-ai/openapi'

const allTypes = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const
export type SchemaType = (typeof allTypes)[number]

/** Reads the schemas of a description, in which OpenAPI 3.0 and 3.1 differ. */
export interface SchemaReader {
  /** Follows the references of a schema. */
  resolve: (schema: unknown) => Schema
  /** Returns the types of the values that a schema may accept. */
  typesOf: (schema: unknown) => ReadonlySet<SchemaType>
  /** Returns the schemas of a property, of the schema itself and of its alternatives. */
  propertyOf: (schema: unknown, name: string) => Schema | undefined
  /** Returns the schema of the items of an array. */
  itemsOf: (schema: unknown) => Schema
  /** Returns true if a schema limits the length of its values. */
  isMeasured: (schema: unknown) => boolean
}

type Resolve = (schema: unknown) => Schema

export function createSchemaReader(description: OpenAPI): SchemaReader {
  const resolve: Resolve = (schema) => resolveSchema(description, schema)
  const combine = (schemas: unknown[]): Schema | undefined =>
    schemas.length > 1 ? { anyOf: schemas } : schemas.length ? resolve(schemas[0]) : undefined
  const findProperty = (schema: unknown, name: string) =>
    combine(
      listParts(schema, resolve).flatMap(({ properties }) =>
        isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [],
      ),
    )
  const findItems = (schema: unknown) =>
    combine(listParts(schema, resolve).flatMap(({ items }) => (items === undefined ? [] : [items])))
  const propertiesOf = remember((schema: unknown) => {
    const known = new Map<string, Schema>()
    return (name: string) => {
      const found = known.get(name) ?? findProperty(schema, name)
      if (found) known.set(name, found)
      return found
    }
  })
  return {
    resolve,
    typesOf: remember((schema: unknown) => listTypes(schema, resolve)),
    propertyOf: (schema, name) => propertiesOf(schema)(name),
    itemsOf: remember((schema: unknown) => findItems(schema) ?? {}),
    isMeasured: remember((schema: unknown) => JSON.stringify(resolve(schema)).includes('Length":')),
  }
}

/** Returns a schema and those that it is composed of. */
function listParts(schema: unknown, resolve: Resolve, seen: Set<unknown> = new Set()): Schema[] {
  const resolved = resolve(schema)
  if (seen.has(resolved)) return []
  seen.add(resolved)
  const composed = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'].flatMap((keyword) =>
    [resolved[keyword] ?? []].flat(),
  )
  return [resolved, ...composed.flatMap((part) => listParts(part, resolve, seen))]
}

function listTypes(
  schema: unknown,
  resolve: Resolve,
  known = new Map<Schema, ReadonlySet<SchemaType>>(),
): ReadonlySet<SchemaType> {
  const resolved = resolve(schema)
  const result = known.get(resolved)
  if (result) return result
  // A schema that contains itself excludes nothing.
  known.set(resolved, new Set(allTypes))
  const { nullable, allOf, anyOf, oneOf } = resolved
  const own = ownTypes(resolved)
  const alternatives = [anyOf, oneOf].map(toList).filter(({ length }) => length)
  const sets = [
    ...(own.length ? [new Set(nullable === true ? [...own, 'null'] : own)] : []),
    ...toList(allOf).map((part) => listTypes(part, resolve, known)),
    ...alternatives.map((options) => new Set(options.flatMap((option) => [...listTypes(option, resolve, known)]))),
  ]
  const types = new Set(allTypes.filter((name) => sets.every((set) => set.has(name))))
  known.set(resolved, types)
  return types
}

/** Returns a function that computes each result for an object once. */
function remember<T>(compute: (schema: unknown) => T): (schema: unknown) => T {
  const known = new WeakMap<object, { value: T }>()
  return (schema) => {
    if (!isObject(schema)) return compute(schema)
    const result = known.get(schema) ?? { value: compute(schema) }
    known.set(schema, result)
    return result.value
  }
}

/** Returns the stated types of a schema. One with properties but without a type means an object. */
function ownTypes({ type, properties, items }: Schema): unknown[] {
  if (type !== undefined) return Array.isArray(type) ? type : [type]
  return [...(properties === undefined ? [] : ['object']), ...(items === undefined ? [] : ['array'])]
}

const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
