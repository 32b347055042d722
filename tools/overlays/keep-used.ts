import { isObject, listOperations, resolveReference, sliceDescription, type OpenAPI } from '@livepeer-ai/openapi'

/**
 * Returns the description with these operations only (default: all), and without components that
 * none of them uses. So an overlay says what a gateway has, whatever the contract adds.
 */
export function keepUsed(description: OpenAPI, operationIds?: readonly string[]): OpenAPI {
  const result = structuredClone(description)
  const isKept = (operationId: string) => operationIds?.includes(operationId) ?? true
  for (const { operationId, path, method } of listOperations(description)) {
    const item = resolveReference(result, result.paths?.[path] ?? {})
    if (!isKept(operationId)) Reflect.deleteProperty(item, method.toLowerCase())
  }
  const left = new Set(listOperations(result).map(({ path }) => path))
  result.paths = Object.fromEntries(Object.entries(result.paths ?? {}).filter(([path]) => left.has(path)))
  result.components = usedComponents(result)
  return result
}

/** Returns the components that the rest of the description refers to. */
function usedComponents({ components = {}, ...rest }: OpenAPI): NonNullable<OpenAPI['components']> {
  const schemes = new Set(listOperations({ ...rest, components }).flatMap(({ security }) => security.flat()))
  const part: OpenAPI = structuredClone(rest)
  const { components: found = {} } = sliceDescription({ ...rest, components }, part)
  const isUsed = (kind: string, name: string) =>
    kind === 'securitySchemes' ? schemes.has(name) : isObject(found[kind]) && name in found[kind]
  return Object.fromEntries(
    Object.entries(components).flatMap(([kind, named]): [string, Record<string, unknown>][] => {
      const kept = Object.entries(named).filter(([name]) => isUsed(kind, name))
      return kept.length > 0 ? [[kind, Object.fromEntries(kept)]] : []
    }),
  )
}
