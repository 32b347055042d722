import { listOperations, resolveReference, type OpenAPI, type PathItem } from '@livepeer-ai/openapi'
import type { Call } from '@livepeer-ai/server'
import type { Preference } from './prism.ts'

/** The names of the examples of each response, by `operationId status`. */
export type ExampleNames = Map<string, Set<string>>

export function exampleNames(description: OpenAPI): ExampleNames {
  return new Map(
    listOperations(description).flatMap(({ operationId, path, method }) => {
      const item = resolveReference<PathItem>(description, description.paths![path]!)
      const responses = item[method.toLowerCase() as 'get']?.responses ?? {}
      return Object.entries(responses).map(([status, response]): [string, Set<string>] => {
        const content = Object.values(resolveReference(description, response).content ?? {})
        return [`${operationId} ${status}`, new Set(content.flatMap(({ examples = {} }) => Object.keys(examples)))]
      })
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
  const status = code ?? Object.keys(operation.responses).find((candidate) => candidate.startsWith('2'))
  const known = names.get(`${operation.operationId} ${status}`)
  const values = [...Object.values(fields), ...new URL(request.url).searchParams.values()]
  const example = values.find((value) => known?.has(value))
  return example === undefined ? {} : { example }
}
