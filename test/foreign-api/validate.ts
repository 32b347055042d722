import { isObject, resolveSchema, type OpenAPI } from '@livepeer-ai/openapi'

/** A keyword of a schema at a place, for example `body/guests maximum`. */
export type Rule = string

type Test = (limit: never, value: unknown) => boolean

const formats: Record<string, RegExp> = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number'

/** Return true for a value that breaks the keyword. */
const tests: Record<string, Test> = {
  minimum: (limit: number, value) => isNumber(value) && value < limit,
  maximum: (limit: number, value) => isNumber(value) && value > limit,
  minLength: (limit: number, value) => isText(value) && Array.from(value).length < limit,
  maxLength: (limit: number, value) => isText(value) && Array.from(value).length > limit,
  pattern: (pattern: string, value) => isText(value) && !new RegExp(pattern, 'u').test(value),
  format: (format: string, value) => isText(value) && formats[format]?.test(value) === false,
  enum: (values: unknown[], value) => !values.includes(value),
  maxItems: (limit: number, value) => Array.isArray(value) && value.length > limit,
  uniqueItems: (_: boolean, value) => Array.isArray(value) && new Set(value).size < value.length,
  minProperties: (limit: number, value) => isObject(value) && Object.keys(value).length < limit,
}

const typeOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** Returns the first rule that a value breaks, except for those that `skips` returns true for. */
export function findBrokenRule(
  description: OpenAPI,
  schema: unknown,
  value: unknown,
  skips: (rule: Rule) => boolean,
  at = 'body',
): Rule | undefined {
  const found = resolveSchema(description, schema)
  const { type, properties, required, items, additionalProperties } = found
  const types = [type ?? []].flat()
  const actual = typeOf(value)
  const fits = types.length === 0 || types.includes(actual) || (actual === 'integer' && types.includes('number'))
  const rule = (keyword: string) => `${at} ${keyword}`
  if (!fits) return skips(rule(actual === 'null' ? 'null' : 'type')) ? undefined : rule('type')
  for (const [keyword, limit] of Object.entries(found))
    if (value !== null && tests[keyword]?.(limit as never, value) && !skips(rule(keyword))) return rule(keyword)
  if (Array.isArray(value) && items !== undefined)
    return first(value, (item) => findBrokenRule(description, items, item, skips, `${at}/*`))
  if (!isObject(value)) return undefined
  const known = isObject(properties) ? properties : {}
  for (const name of Array.isArray(required) ? (required as string[]) : []) {
    const isForeign = resolveSchema(description, known[name])['readOnly'] === true
    if (!isForeign && value[name] === undefined && !skips(`${at}/${name} required`)) return `${at}/${name} required`
  }
  return first(Object.entries(value), ([name, member]) => {
    if (name in known) return findBrokenRule(description, known[name], member, skips, `${at}/${name}`)
    const isClosed = additionalProperties === false && !skips(rule('additionalProperties'))
    return isClosed ? rule('additionalProperties') : undefined
  })
}

function first<Item>(items: readonly Item[], look: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** Reads the text of a parameter as its schema says. */
export function readText(description: OpenAPI, schema: unknown, text: string): unknown {
  const { type } = resolveSchema(description, schema)
  if (type === 'array') return text.split(',')
  if (type !== 'integer' && type !== 'number') return text
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
