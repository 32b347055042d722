import { isObject } from '@livepeer-ai/openapi'

/**
 * Changes the parameters of a dereferenced document, so that Prism reads them as OpenAPI does: it
 * lacks the default of `explode`, lists that may be null, and styles that do not suit the type.
 */
export function makeParametersPlain(document: object): void {
  for (const item of valuesOf(document, 'paths'))
    for (const owner of [item, ...Object.values(isObject(item) ? item : {})])
      if (isObject(owner) && Array.isArray(owner['parameters'])) owner['parameters'] = owner['parameters'].map(toPlain)
}

const valuesOf = (node: object, key: string): unknown[] => Object.values((Reflect.get(node, key) ?? {}) as object)

function toPlain(parameter: unknown): unknown {
  if (!isObject(parameter)) return parameter
  const schema = toPlainSchema(parameter['schema'])
  const { in: place, explode, style: documented, ...rest } = parameter
  const style = suits(documented, schema) ? documented : undefined
  const isForm = (place === 'query' || place === 'cookie') && (style ?? 'form') === 'form'
  return { ...rest, in: place, style, explode: explode ?? isForm, ...(schema !== undefined && { schema }) }
}

/** Prism fails for a delimited style without a list, and for an object without a schema. */
function suits(style: unknown, schema: unknown): boolean {
  if (style === 'deepObject') return schema !== undefined
  if (style !== 'spaceDelimited' && style !== 'pipeDelimited') return true
  return isObject(schema) && schema['type'] === 'array'
}

/**
 * Prism looks at `type` alone. A parameter that is sent is not null. An object stays as it is:
 * Prism refuses an exploded object that is absent if it has required properties.
 */
function toPlainSchema(schema: unknown): unknown {
  if (!isObject(schema)) return schema
  const { type, nullable: _nullable, anyOf, oneOf, ...rest } = schema
  const types = (Array.isArray(type) ? type : [type]).filter((name) => name !== 'null')
  if (types.length === 1 && types[0] === 'array') return { ...schema, type: 'array', nullable: false }
  const options = anyOf ?? oneOf
  if (type !== undefined || !Array.isArray(options)) return schema
  const [only, ...others] = options.filter((option) => !isObject(option) || option['type'] !== 'null')
  return isObject(only) && only['type'] === 'array' && !others.length ? { ...rest, ...only } : schema
}
