import { resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Context } from '../check.ts'

/** Returns the schema of the operation's form. */
export function findFormSchema({ contract, operation }: Context): {
  properties?: Record<string, Schema>
  required?: string[]
} {
  const schema = contract.schemas[operation.operationId]?.request['multipart/form-data'] ?? {}
  // The schema is self-contained: its references point into itself.
  return resolveReference<Schema>(schema as unknown as OpenAPI, schema)
}
