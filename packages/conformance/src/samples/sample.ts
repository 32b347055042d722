import type { OpenAPI, Operation, OperationObject, Schema } from '@livepeer-ai/openapi'
import type { Binding } from '../request-plan.ts'
import type { Parameter } from './parameters.ts'

/** The valid request of an operation, in the parts that checks change. */
export interface Sample {
  description: OpenAPI
  operation: Operation
  source: OperationObject
  parameters: readonly Parameter[]
  /** The values that are sent, by place and name, for example `query.limit`. */
  values: Readonly<Record<string, unknown>>
  /** The sources of path parameters, by name. */
  bindings: Readonly<Record<string, Binding>>
  body?: SampleBody | undefined
  origin: 'scenario' | 'example' | 'schema'
  /** Reason why there is no valid request, with the line to add; absent if there is one. */
  problem?: string | undefined
}

export interface SampleBody {
  mediaType: string
  schema: Schema | undefined
  value: unknown
  /** The media type of each file of a form, by the name of the part. */
  files: Readonly<Record<string, string>>
}
