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

/** What becomes of each keyword. A keyword that is not here and does not start with `x-` is an error, so none is lost in silence. */
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
  // Annotations, and `format`, which validates nothing in 2020-12 unless asked to and which draft-07 validators reject when they do not know it.
  ...each(
    ['example', 'examples', 'deprecated', 'xml', 'externalDocs', 'discriminator', 'format', 'contentSchema', '$schema'],
    drop,
  ),
}

/** The 2020-12 schema at `schema`, with everything it refers to in `description`, as one self-contained draft-07 schema. */
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
    // Draft-07 ignores what stands beside a reference.
    return Object.keys(rest).length ? { allOf: [pointer, rest] } : pointer
  }

  return { $schema: 'http://json-schema.org/draft-07/schema#', allOf: [convert(schema)], definitions }
}

/** The keywords that only changed their names between the two drafts. */
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
