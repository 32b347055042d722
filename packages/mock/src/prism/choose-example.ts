import { findOperationObject, listOperations, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import { urlOf, type Call } from '@livepeer-ai/server'
import type { Preference } from './prism.ts'

/**
 * The names of the examples of each response, by `operationId status`. The key `operationId` has
 * those of the first 2xx response.
 */
export type ExampleNames = Map<string, Set<string>>

export function listExampleNames(description: OpenAPI): ExampleNames {
  return new Map(
    listOperations(description).flatMap((operation) => {
      const { operationId } = operation
      const { responses = {} } = findOperationObject(description, operation) ?? {}
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
 * Returns the example that a field or query parameter of a call names: `return_timestamps=word`
 * chooses the example `word`, and so does `WORD`. `0` means `false`. The preference of the client
 * decides the status.
 */
export function chooseExample(
  { operation, fields, request }: Call<unknown>,
  { code, dynamic }: Preference,
  names: ExampleNames,
): string | undefined {
  if (dynamic) return undefined
  const known = names.get(code ? `${operation.operationId} ${code}` : operation.operationId)
  if (!known?.size) return undefined
  const values = [...Object.values(fields), ...urlOf(request).searchParams.values()]
  return values.map((value) => (value === '0' ? 'false' : value.toLowerCase())).find((value) => known.has(value))
}
