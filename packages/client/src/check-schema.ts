import { isObject, valueAt, type Schema } from '@livepeer-ai/openapi'

/** The keywords that are checked: the shape of JSON. A value may break others, and may have further properties. */
interface Keywords {
  $ref?: string
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  type?: string | string[]
  enum?: unknown[]
  items?: Schema
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
}

/** Where and how a value breaks a JSON Schema, in words, one by one. References start at `root`. */
export function* violations(value: unknown, schema: Schema, root: object, at = ''): Generator<string> {
  const { $ref, allOf = [], anyOf, oneOf = anyOf, type, enum: values, ...shape }: Keywords = schema
  const types = [type ?? []].flat()
  if (types.length && !types.some((name) => isOfType(value, name)))
    yield `${at || 'it'} is ${typeName(value)} instead of ${types.join(' or ')}`
  if (values && !values.includes(value)) yield `${at || 'it'} is none of ${values.join(', ')}`
  if ($ref) yield* violations(value, valueAt(root, $ref) as Schema, root, at)
  for (const part of allOf) yield* violations(value, part, root, at)
  if (oneOf && !oneOf.some((part) => violations(value, part, root).next().done))
    yield `${at || 'it'} fits no alternative`
  if (typeof value === 'object' && value !== null) yield* partViolations(value, shape, root, at)
}

function* partViolations(value: object, shape: Keywords, root: object, at: string): Generator<string> {
  const { items, required = [], properties = {}, additionalProperties } = shape
  for (const name of required) if (!Object.hasOwn(value, name)) yield `${at}/${name} is missing`
  for (const [name, part] of Object.entries(value)) {
    const schema = Array.isArray(value)
      ? items
      : Object.hasOwn(properties, name)
        ? properties[name]
        : additionalProperties
    if (isObject(schema)) yield* violations(part, schema, root, `${at}/${name}`)
  }
}

function typeName(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}

function isOfType(value: unknown, name: string): boolean {
  return name === 'integer' ? Number.isInteger(value) : name === typeName(value)
}
