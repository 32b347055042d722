import { isObject, listOperations, resolveReference, valueAt, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { SuccessSchemas } from '@livepeer-ai/openapi'

/** What says something about a value to a reader, and nothing to a check. */
const annotations = /^(title|description|examples?|default|deprecated|readOnly|writeOnly|externalDocs|\$schema|x-.*)$/
/** Maps whose keys are names, not keywords. */
const maps = new Set(['properties', 'patternProperties', '$defs'])

/** The schemas of JSON answers with a 2xx status, by operationId and status, and the components that they refer to: as small as a browser wants them. */
export function successSchemas(description: OpenAPI): SuccessSchemas {
  const components: Record<string, Record<string, unknown>> = {}
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      const [, group, name] = (key === '$ref' && /^#\/components\/([^/]+)\/([^/]+)$/.exec(String(value))) || []
      if (group && name && !components[group]?.[name]) {
        const component = bare(valueAt(description, `/components/${group}/${name}`))
        ;(components[group] ??= {})[name] = component
        collect(component)
      } else collect(value)
    }
  }
  const operations = Object.fromEntries(
    listOperations(description).map(({ operationId, method, path }) => {
      const item = resolveReference(description, description.paths?.[path] ?? {})
      const { responses = {} } = item[method.toLowerCase() as keyof typeof item] as { responses?: object }
      const schemas = Object.entries(responses)
        .filter(([status]) => /^2(..|XX)$/.test(status))
        .flatMap(([status, response]) => {
          const { content = {} } = resolveReference(
            description,
            response as { content?: Record<string, { schema?: Schema }> },
          )
          const json = Object.entries(content).find(([mediaType]) => /[/+]json\b/.test(mediaType))?.[1].schema
          return json ? [[status, bare(json) as Schema] as const] : []
        })
      return [operationId, Object.fromEntries(schemas)]
    }),
  )
  collect(operations)
  return { operations, components }
}

function bare(schema: unknown, isMap = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => bare(item))
  if (!isObject(schema)) return schema
  const kept = Object.entries(schema).filter(([key]) => isMap || !annotations.test(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value, !isMap && maps.has(key))]))
}
