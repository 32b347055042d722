import {
  findOperationObject,
  listOperations,
  resolveReference,
  type BodySchemas,
  type Contract,
  type MediaType,
  type OpenAPI,
  type Schema,
} from '@livepeer-ai/openapi'
import { selfContained, type Side } from './self-contained.ts'

/** Returns the contract of a description, without the parts that only Dredd needs. */
export function toContract(description: OpenAPI): Contract {
  const operationTable = listOperations(description)
  const schemas = operationTable.map((operation) => {
    const { requestBody, responses = {} } = findOperationObject(description, operation) ?? {}
    const request = requestBody
      ? toSchemas(description, resolveReference(description, requestBody).content, 'request')
      : {}
    const byStatus = Object.entries(responses).map(([status, response]) => [
      status,
      toSchemas(description, resolveReference(description, response).content, 'response'),
    ])
    const bodies: BodySchemas = { request, responses: Object.fromEntries(byStatus) as BodySchemas['responses'] }
    return [operation.operationId, bodies] as const
  })
  return { description, operationTable, schemas: Object.fromEntries(schemas), draft07Schemas: {}, dreddSkeleton: '' }
}

/** Returns self-contained schemas by media type. */
const toSchemas = (description: OpenAPI, content: Record<string, MediaType> = {}, side: Side): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(content).flatMap(([mediaType, { schema }]) =>
      schema ? [[mediaType, selfContained(description, schema, side)]] : [],
    ),
  )
