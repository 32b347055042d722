import { findOperationObject, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import { urlOf, type Call } from '@livepeer-ai/server'
import type { Preference } from './prism.ts'

/**
 * Returns a function that returns the example that a field or query parameter of a call names:
 * `return_timestamps=word` chooses the example `word`, and so does `WORD`. `0` means `false`.
 * The preference of the client decides the status.
 */
export function createExampleChooser(
  description: OpenAPI,
): (call: Call<unknown>, preference: Preference) => string | undefined {
  const known = new Map<string, ReadonlySet<string>>()
  return ({ operation, fields, request }, { code, dynamic }) => {
    if (dynamic) return undefined
    const key = `${operation.method} ${operation.path} ${code}`
    const names = known.get(key) ?? listExampleNames(description, operation, code)
    known.set(key, names)
    if (!names.size) return undefined
    const url = urlOf(request)
    const values = [...Object.values(fields), ...(url.search ? url.searchParams.values() : [])]
    return values.map((value) => (value === '0' ? 'false' : value.toLowerCase())).find((value) => names.has(value))
  }
}

/** Returns the names of the examples of a status; default: those of the first 2xx response. */
function listExampleNames(
  description: OpenAPI,
  operation: { method: string; path: string },
  code: number | undefined,
): ReadonlySet<string> {
  const { responses = {} } = findOperationObject(description, operation) ?? {}
  const status = code === undefined ? Object.keys(responses).find((key) => key.startsWith('2')) : String(code)
  const response = status === undefined ? undefined : responses[status]
  const content = Object.values((response && resolveReference(description, response).content) ?? {})
  return new Set(content.flatMap(({ examples = {} }) => Object.keys(examples)))
}
