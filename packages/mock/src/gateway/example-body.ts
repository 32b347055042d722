import { findOperationObject, listOperations, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'

/** Returns a function that returns the first documented JSON example for a status, as text. */
export function createExampleBody(description: OpenAPI): (status: number) => string | undefined {
  const bodies = new Map(
    listOperations(description).flatMap((operation) =>
      Object.entries(findOperationObject(description, operation)?.responses ?? {}).flatMap(([status, response]) => {
        const { 'application/json': media } = resolveReference(description, response).content ?? {}
        const [example] = Object.values(media?.examples ?? {})
        const { value } = example ? resolveReference<{ value?: unknown }>(description, example) : { value: undefined }
        return value === undefined ? [] : [[status, JSON.stringify(value)] as const]
      }),
    ),
  )
  return (status) => bodies.get(String(status))
}
