import {
  findOperationObject,
  listOperations,
  type OpenAPI,
  type Operation,
  type OperationObject,
} from '@livepeer-ai/openapi'

/** An operation with its place in the description. */
export interface Entry {
  operation: Operation
  source: OperationObject
}

/** Lists the operations of a description. */
export const listEntries = (description: OpenAPI): Entry[] =>
  listOperations(description).map((operation) => ({
    operation,
    source: findOperationObject(description, operation) ?? {},
  }))
