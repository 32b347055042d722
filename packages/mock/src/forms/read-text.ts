import type { SchemaReader } from './schema-types.ts'

/** Returns a text as the value that its schema describes, or the text itself. */
export function readText(text: string, schema: unknown, reader: SchemaReader): unknown {
  const types = reader.typesOf(schema)
  if (!types.has('string') && (types.has('object') || types.has('array'))) {
    const value = parseJson(text)
    if (typeof value === 'object' && value !== null) return value
  }
  const { enum: values, const: only } = reader.resolve(schema)
  const known = (Array.isArray(values) ? values : [only]).find((value) => value !== undefined && String(value) === text)
  if (known !== undefined) return known
  if (types.has('string')) return text
  if (types.has('null') && text === '') return null
  if (types.has('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  if ((types.has('number') || types.has('integer')) && isNumber(text)) return Number(text)
  return text
}

/** Returns the value of a JSON text, or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text))
