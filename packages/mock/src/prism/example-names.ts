import { listOperations, resolveReference, type OpenAPI, type PathItem } from '@livepeer-ai/openapi'
import { urlOf, type Call } from '@livepeer-ai/server'
import type { Preference } from './prism.ts'

/** The names of the examples of each response, by `operationId status`, and of the first 2xx one by `operationId`. */
export type ExampleNames = Map<string, Set<string>>

export function exampleNames(description: OpenAPI): ExampleNames {
  return new Map(
    listOperations(description).flatMap(({ operationId, path, method }) => {
      const item = resolveReference<PathItem>(description, description.paths![path]!)
      const responses = item[method.toLowerCase() as 'get']?.responses ?? {}
      const names = Object.entries(responses).map(([status, response]): [string, Set<string>] => {
        const content = Object.values(resolveReference(description, response).content ?? {})
        return [`${operationId} ${status}`, new Set(content.flatMap(({ examples = {} }) => Object.keys(examples)))]
      })
      const [, success] = names.find(([key]) => key.startsWith(`${operationId} 2`)) ?? []
      return success ? [[operationId, success], ...names] : names
    }),
  )
}

/**
 * The example that a request asks for by the value of one of its fields: `return_timestamps=word` is answered with the example `word`.
 * A preference of the caller's own goes before.
 */
export function exampleOf(
  { operation, fields, request }: Call<unknown>,
  { code, dynamic }: Preference,
  names: ExampleNames,
): Preference {
  if (dynamic) return {}
  const known = names.get(code ? `${operation.operationId} ${code}` : operation.operationId)
  if (!known?.size) return {}
  const values = [...Object.values(fields), ...urlOf(request).searchParams.values()]
  const example = values.find((value) => known.has(value))
  return example === undefined ? {} : { example }
}
