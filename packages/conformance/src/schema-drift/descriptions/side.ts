import {
  findOperationObject,
  resolveReference,
  type OpenAPI,
  type Operation,
  type OperationObject,
  type Reference,
} from '@livepeer-ai/openapi'
import type { NormalSchema } from '../schemas/schema.ts'

/** One of two descriptions, at the operation that is compared. */
export interface Side {
  description: OpenAPI
  operation: Operation
  source: OperationObject
  /** Parameters of the path item and of the operation. */
  parameters: Parameter[]
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  schema?: NormalSchema
}

/** Throws when the description does not have the operation. */
export function toSide(description: OpenAPI, operation: Operation): Side {
  const item = description.paths?.[operation.path]
  const source = findOperationObject(description, operation)
  if (!item || !source) throw new Error(`${operation.method} ${operation.path} is missing`)
  const { parameters: shared = [] } = resolveReference(description, item)
  const parameters = [...shared, ...(source.parameters ?? [])].map((parameter) =>
    resolveReference(description, parameter as Parameter | Reference),
  )
  return { description, operation, source, parameters }
}
