import { resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Context } from '../check.ts'

/** The parts of the operation's form, as the contract has them. */
export function findFormSchema({ contract, operation }: Context): {
  properties?: Record<string, Schema>
  required?: string[]
} {
  const schema = contract.schemas[operation.operationId]?.request['multipart/form-data'] ?? {}
  // It is self-contained: its references lead into itself.
  return resolveReference<Schema>(schema as unknown as OpenAPI, schema)
}
