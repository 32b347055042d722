import { flattenSchema, joinSchemas, propertiesOf, typesOf, type NormalSchema } from './schema.ts'

/** Formats a schema in a few characters, for example `{detail:{msg:string}}`. */
export function shapeOf(schema: unknown): string {
  const flat = flattenSchema(schema)
  if (hasAlternatives(flat)) return [...new Set(listAlternatives(flat).map(shapeOf))].toSorted().join('|')
  const shapes = (typesOf(flat) ?? ['any']).map((type) => {
    if (type === 'array') return `[${shapeOf(flat['items'] ?? {})}]`
    if (type !== 'object') return type
    const properties = Object.entries(propertiesOf(flat))
    return `{${properties.map(([name, value]) => `${name}:${shapeOf(value)}`).join()}}`
  })
  return shapes.toSorted().join('|')
}

/** Returns true if a schema has `anyOf` or `oneOf`. */
export function hasAlternatives({ anyOf, oneOf }: NormalSchema): boolean {
  return anyOf !== undefined || oneOf !== undefined
}

/**
 * Returns the alternatives of a schema, each joined with the keywords next to `anyOf` or `oneOf`.
 * A list of types is one alternative for each type.
 */
export function listAlternatives({ anyOf, oneOf, ...own }: NormalSchema): NormalSchema[] {
  const options = anyOf ?? oneOf
  if (Array.isArray(options))
    return options.flatMap((option) => listAlternatives(joinSchemas(own, flattenSchema(option))))
  return Array.isArray(own['type']) ? own['type'].map((type: unknown) => ({ ...own, type })) : [own]
}
