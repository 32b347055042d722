import { isObject } from '@livepeer-ai/openapi'
import { limits } from './keywords.ts'

/**
 * Returns a schema as a description can declare it, without extensions.
 * An inferred schema keeps its types and names, but not the values that answers happened to have.
 */
export function cleanSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(cleanSchema)
  if (!isObject(schema)) return schema
  const isInferred = 'x-samples' in schema
  const isKept = (keyword: string) =>
    !keyword.startsWith('x-') && !(isInferred && (keyword === 'enum' || limits.has(keyword)))
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => isKept(keyword))
      .map(([keyword, value]) => [
        keyword,
        keyword === 'properties' ? cleanProperties(value as object) : cleanSchema(value),
      ]),
  )
}

function cleanProperties(properties: object): unknown {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, cleanSchema(schema)]))
}
