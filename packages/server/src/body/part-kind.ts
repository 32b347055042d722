import { isObject, resolveSchema, type OpenAPI, type Schema } from '@livepeer-ai/openapi'

/** Kind of the part that a property is sent as. */
export type PartKind = 'file' | 'text' | 'either'

/**
 * Returns the kind of part for a property of a form. OpenAPI 3.0 marks a file with
 * `format: binary`; 3.1 has a media type in the schema or in the encoding, or no type at all.
 */
export function partKindOf(
  description: OpenAPI,
  schema: unknown,
  contentType: string | undefined,
  known: Map<Schema, PartKind> = new Map(),
): PartKind {
  const resolved = resolveSchema(description, schema)
  const result = known.get(resolved)
  if (result) return result
  // A schema that contains itself decides nothing.
  known.set(resolved, 'either')
  const kindOf = (inner: unknown) => partKindOf(description, inner, contentType, known)
  const kind = kindOfSchema(resolved, contentType, kindOf)
  known.set(resolved, kind)
  return kind
}

function kindOfSchema(schema: Schema, contentType: string | undefined, kindOf: (inner: unknown) => PartKind): PartKind {
  const { type, items, anyOf, oneOf, allOf } = schema
  const kindsOf = (schemas: unknown) =>
    Array.isArray(schemas)
      ? schemas.filter((option) => !isObject(option) || option['type'] !== 'null').map((option) => kindOf(option))
      : []
  const decisive = kindsOf(allOf).find((kind) => kind !== 'either')
  if (decisive) return decisive
  const options = [...kindsOf(anyOf), ...kindsOf(oneOf)]
  if (options.length) return unite(options)
  const types = [type].flat().filter((name) => name !== 'null' && name !== undefined)
  const kinds = types.map((name) => (name === 'array' ? kindOf(items) : kindOfScalar(name, schema, contentType)))
  return kinds.length ? unite(kinds) : kindOfScalar(undefined, schema, contentType)
}

function kindOfScalar(type: unknown, schema: Schema, contentType: string | undefined): PartKind {
  const { format, contentMediaType, contentEncoding } = schema
  if (format === 'binary') return 'file'
  if (contentMediaType !== undefined && contentEncoding === undefined && (type === undefined || type === 'string'))
    return 'file'
  // An object travels as JSON, in a text part or as a file.
  if (type === undefined || type === 'object') return 'either'
  return type === 'string' && contentType !== undefined && !contentType.startsWith('text/') ? 'either' : 'text'
}

function unite(kinds: readonly PartKind[]): PartKind {
  const [first = 'either', ...others] = kinds
  return others.every((kind) => kind === first) ? first : 'either'
}
