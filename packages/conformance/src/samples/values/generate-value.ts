import { isObject, type OpenAPI } from '@livepeer-ai/openapi'
import { flattenSchema, type FlatSchema } from './flatten-schema.ts'
import { formats } from './formats.ts'
import { fromPattern } from './from-pattern.ts'

export interface GenerateOptions {
  description: OpenAPI
  /** Another number gives another value where the schema allows it. */
  number?: number
  /** If set, an object has its required properties only. */
  isMinimal?: boolean
  /** Takes values from the schema alone, not from its examples. */
  ignoresExamples?: boolean
}

/** Optional properties below this depth are left out, so that a recursive schema ends. */
const maxDepth = 4

/** Returns a value for a schema, always the same. Conditions of the schema may forbid it. */
export function generateValue(schema: unknown, options: GenerateOptions, name = 'value', depth = 0): unknown {
  const flat = flattenSchema(options.description, schema)
  const { keywords } = flat
  if ('const' in keywords) return keywords['const']
  const example = options.ignoresExamples ? undefined : exampleOf(keywords)
  if (example !== undefined) return example
  if (Array.isArray(keywords['enum'])) return keywords['enum'][0]
  if (keywords['default'] !== undefined && keywords['default'] !== null) return keywords['default']
  const { type, number = 0 } = { ...options, ...flat }
  if (type === 'object') return generateObject(flat, options, depth)
  if (type === 'array') return generateArray(flat, options, name, depth)
  if (type === 'integer' || type === 'number') return generateNumber(flat, number)
  if (type === 'boolean') return true
  return type === 'null' ? null : generateText(flat, name, number)
}

/** Returns the example of a schema. */
export function exampleOf({ example, examples }: Record<string, unknown>): unknown {
  return example ?? (Array.isArray(examples) ? (examples[0] as unknown) : undefined)
}

function generateObject({ properties, required }: FlatSchema, options: GenerateOptions, depth: number): object {
  const names = Object.keys(properties).filter((name) => {
    if (isReadOnly(properties[name], options.description)) return false
    return required.includes(name) || (!options.isMinimal && depth < maxDepth)
  })
  const all = [...names, ...required.filter((name) => !(name in properties))]
  return Object.fromEntries(
    all.map((name, index) => [
      name,
      // A later date property is a later day: an end follows its start.
      generateValue(
        properties[name] ?? {},
        { ...options, number: (options.number ?? 0) * all.length + index },
        name,
        depth + 1,
      ),
    ]),
  )
}

/** Returns true for a property that only responses have. */
export const isReadOnly = (schema: unknown, description: OpenAPI): boolean =>
  isObject(schema) && flattenSchema(description, schema).keywords['readOnly'] === true

function generateArray(
  { items, keywords }: FlatSchema,
  options: GenerateOptions,
  name: string,
  depth: number,
): unknown[] {
  const least = typeof keywords['minItems'] === 'number' ? keywords['minItems'] : 0
  const length = depth >= maxDepth ? least : Math.max(least, options.isMinimal ? 0 : 1)
  return Array.from({ length }, (_, index) =>
    generateValue(items ?? {}, { ...options, number: (options.number ?? 0) + index }, name, depth + 1),
  )
}

/** Returns the smallest number that a schema allows, or 1 if there is no lower bound. */
export function generateNumber({ type, keywords }: Pick<FlatSchema, 'type' | 'keywords'>, number = 0): number {
  const bound = (name: string) => (typeof keywords[name] === 'number' ? keywords[name] : undefined)
  const step = bound('multipleOf') ?? (type === 'integer' ? 1 : 0.5)
  const lower = bound('minimum') ?? bound('exclusiveMinimum')
  const upper = bound('maximum') ?? bound('exclusiveMaximum')
  let value = lower === undefined ? Math.min(1, upper ?? 1) : Math.ceil(lower / step) * step
  if (value === bound('exclusiveMinimum')) value += step
  if (value === bound('exclusiveMaximum')) value -= step
  value = Math.round(value / step) * step
  const varied = value + number * step
  return upper === undefined || varied < upper ? varied : value
}

function generateText({ keywords }: FlatSchema, name: string, number: number): string {
  const { format, pattern, minLength, maxLength } = keywords as {
    format?: string
    pattern?: string
    minLength?: number
    maxLength?: number
  }
  const known = format === undefined ? undefined : formats[format]
  if (pattern !== undefined) return fromPattern(pattern, number) ?? ''
  if (known) return known.valid(number)
  if (format === 'binary') return 'sample'
  const text = name.replaceAll(/[^\w-]/g, '') + (number > 0 ? ` ${number}` : '')
  const padded = text.padEnd(minLength ?? 0, 'x')
  return maxLength === undefined ? padded : padded.slice(0, maxLength)
}
