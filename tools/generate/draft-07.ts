import { isObject, resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import { SpecError } from '../spec/spec-error.ts'

const one = (convert: Convert, value: unknown) => convert(value as Schema)
const list = (convert: Convert, value: unknown) => (value as Schema[]).map(convert)
const map = (convert: Convert, value: unknown) =>
  Object.fromEntries(Object.entries(value as Record<string, Schema>).map(([key, schema]) => [key, convert(schema)]))
const keep = (_: Convert, value: unknown) => value
const drop = () => undefined

type Convert = (schema: Schema) => Schema
type Rule = (convert: Convert, value: unknown) => unknown

/**
 * The conversion of each keyword. An unknown keyword without `x-` is an error, so no keyword is
 * lost silently.
 */
const keywords: Record<string, Rule> = {
  ...each(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'], map),
  ...each(['allOf', 'anyOf', 'oneOf', 'prefixItems'], list),
  ...each(['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'], one),
  ...each(
    [
      'type',
      'enum',
      'const',
      'required',
      'minProperties',
      'maxProperties',
      'dependentRequired',
      'minItems',
      'maxItems',
      'uniqueItems',
    ],
    keep,
  ),
  ...each(
    ['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    keep,
  ),
  ...each(
    ['title', 'description', 'default', 'readOnly', 'writeOnly', '$comment', 'contentMediaType', 'contentEncoding'],
    keep,
  ),
  // Annotations, and `format`: it validates nothing in 2020-12 by default, and draft-07 validators
  // reject formats that they do not know.
  ...each(
    ['example', 'examples', 'deprecated', 'xml', 'externalDocs', 'discriminator', 'format', 'contentSchema', '$schema'],
    drop,
  ),
}

/**
 * Converts a 2020-12 schema to draft-07. Everything that it references in `description` becomes
 * part of the result.
 */
export function draft07(description: OpenAPI, schema: Schema): Schema {
  const definitions: Record<string, Schema> = {}

  function convert(source: Schema): Schema {
    if (!isObject(source)) return source
    const { $ref, ...siblings } = source
    if (typeof $ref === 'string') return reference($ref, siblings)
    const target: Record<string, unknown> = {}
    for (const [keyword, value] of Object.entries(source)) {
      if (keyword.startsWith('x-')) continue
      const rule = keywords[keyword]
      if (!rule)
        throw new SpecError(
          `the schema keyword '${keyword}' has no equivalent in draft-07, which is all that Dredd can check`,
        )
      const converted = rule(convert, value)
      if (converted !== undefined) target[keyword] = converted
    }
    return renamed(target)
  }

  function reference($ref: string, siblings: Record<string, unknown>): Schema {
    const name = $ref.replace('#/components/schemas/', '').replaceAll(/[^\w.-]+/g, '_')
    if (!(name in definitions)) {
      definitions[name] = {}
      definitions[name] = convert(resolveReference<Schema>(description, { $ref }))
    }
    const pointer = { $ref: `#/definitions/${name}` }
    const rest = convert(siblings)
    // Draft-07 ignores the siblings of a reference.
    return Object.keys(rest).length ? { allOf: [pointer, rest] } : pointer
  }

  return { $schema: 'http://json-schema.org/draft-07/schema#', allOf: [convert(schema)], definitions }
}

/** Renames the keywords that have another name in draft-07. */
function renamed({
  prefixItems,
  $defs,
  dependentRequired,
  dependentSchemas,
  ...schema
}: Record<string, unknown>): Schema {
  if (prefixItems !== undefined) {
    if (schema['items'] !== undefined) schema['additionalItems'] = schema['items']
    schema['items'] = prefixItems
  }
  if ($defs !== undefined) schema['definitions'] = $defs
  if (dependentRequired !== undefined || dependentSchemas !== undefined) {
    schema['dependencies'] = { ...(dependentRequired as object), ...(dependentSchemas as object) }
  }
  return schema
}

function each(names: string[], rule: Rule): Record<string, Rule> {
  return Object.fromEntries(names.map((name) => [name, rule]))
}
