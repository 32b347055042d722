import { kindOfChild, type OpenAPI, type PlaceKind } from '@livepeer-ai/openapi'

/** Returns an OpenAPI 3.0 description with the schemas of 3.1; one of 3.1 stays as it is. */
export const modernize = (description: OpenAPI): OpenAPI =>
  description.openapi.startsWith('3.0') ? (convert(description, 'fields') as OpenAPI) : description

function convert(node: unknown, kind: PlaceKind): unknown {
  if (Array.isArray(node)) return node.map((item) => convert(item, kind))
  if (typeof node !== 'object' || node === null || kind === 'data') return node
  const members = Object.entries(node).map(([key, value]) => [key, convert(value, kindOfChild(kind, key, value))])
  const copy = Object.fromEntries(members) as Record<string, unknown>
  return kind === 'fields' ? convertSchema(copy) : copy
}

/** Other objects of a description have none of these keywords. */
function convertSchema({ nullable, ...schema }: Record<string, unknown>): Record<string, unknown> {
  for (const [bound, flag] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof schema[flag] !== 'boolean') continue
    const limit = schema[bound]
    if (schema[flag]) schema[bound] = undefined
    schema[flag] = schema[flag] ? limit : undefined
  }
  const left = Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined))
  if (nullable !== true) return left
  if ('$ref' in left || 'allOf' in left || 'oneOf' in left || 'anyOf' in left)
    return { anyOf: [left, { type: 'null' }] }
  const enumeration = Array.isArray(left['enum']) ? { enum: [...new Set([...(left['enum'] as unknown[]), null])] } : {}
  return { ...left, ...enumeration, ...(left['type'] !== undefined && { type: [left['type'], 'null'].flat() }) }
}
