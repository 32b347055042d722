import {
  isObject,
  resolveReference,
  resolveSchema,
  type OpenAPI,
  type OperationObject,
  type Schema,
} from '@livepeer-ai/openapi'

/** A parameter of an operation. */
export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  schema: Schema
  style: string
  explode: boolean
  example?: unknown
  /** True for a parameter whose value is a JSON text. */
  isJson: boolean
}

/** Lists the parameters of an operation; those of the path item come first. */
export function listParameters(description: OpenAPI, path: string, source: OperationObject): Parameter[] {
  const item = description.paths?.[path]
  const shared = item ? (resolveReference(description, item).parameters ?? []) : []
  const all = [...shared, ...(source.parameters ?? [])].map((one) => toParameter(description, one))
  return [...new Map(all.map((one) => [keyOf(one), one])).values()].filter(({ name, in: place }) => name && place)
}

/** The key of a parameter among those of an operation. */
export const keyOf = ({ name, in: place }: Pick<Parameter, 'name' | 'in'>): string => `${place}.${name}`

interface ParameterObject extends Partial<Omit<Parameter, 'isJson'>> {
  content?: Record<string, { schema?: Schema; example?: unknown }>
  examples?: Record<string, unknown>
}

function toParameter(description: OpenAPI, reference: unknown): Parameter {
  const one = resolveSchema(description, reference) as ParameterObject
  const [media] = Object.values(one.content ?? {})
  const [example] = Object.values(one.examples ?? {}).map((entry) => resolveSchema(description, entry)['value'])
  const place = one.in ?? 'query'
  const style = one.style ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  return {
    name: one.name ?? '',
    in: place,
    required: place === 'path' || one.required === true,
    schema: one.schema ?? media?.schema ?? {},
    style,
    explode: one.explode ?? style === 'form',
    example: one.example ?? example ?? media?.example,
    isJson: one.content !== undefined,
  }
}

const separators: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '|' }

/** Returns the pairs of a query or of a form for one parameter. Names and values are encoded. */
export function toPairs({ name, style, explode, isJson }: Parameter, value: unknown): string[] {
  const key = encodeURIComponent(name)
  if (isJson) return [`${key}=${encodeURIComponent(JSON.stringify(value))}`]
  if (Array.isArray(value)) {
    const items = value.map((item) => encodeURIComponent(toText(item)))
    return explode ? items.map((item) => `${key}=${item}`) : [`${key}=${items.join(separators[style] ?? ',')}`]
  }
  if (!isObject(value)) return [`${key}=${encodeURIComponent(toText(value))}`]
  const entries = Object.entries(value).map(([one, member]) => [one, encodeURIComponent(toText(member))] as const)
  if (style === 'deepObject') return entries.map(([one, member]) => `${key}[${encodeURIComponent(one)}]=${member}`)
  if (explode) return entries.map(([one, member]) => `${encodeURIComponent(one)}=${member}`)
  return [`${key}=${entries.flat().join(',')}`]
}

/** Returns a value in the style `simple`, for a path or a header. */
export function toSimple({ explode, isJson }: Parameter, value: unknown): string {
  if (isJson) return JSON.stringify(value)
  if (Array.isArray(value)) return value.map(toText).join(',')
  if (!isObject(value)) return toText(value)
  return Object.entries(value)
    .map(([name, member]) => [name, toText(member)].join(explode ? '=' : ','))
    .join(',')
}

/** Returns a value as the text of a parameter. */
export const toText = (value: unknown): string => {
  if (typeof value === 'string') return value
  return value === undefined ? '' : JSON.stringify(value)
}

/** Returns true for the header that marks repetitions of a request. */
export const isIdempotencyKey = ({ name, in: place }: Parameter): boolean =>
  place === 'header' && /^(x-)?idempotency-?key$/i.test(name)
