import type { OpenAPI, Schema } from './openapi.ts'
import type { Operation } from './operation.ts'

/** The schemas of the bodies of one operation, by media type, and by status for responses. */
export interface BodySchemas {
  request: Record<string, Schema>
  responses: Record<string, Record<string, Schema>>
}

/** All that is generated from one description: the shape of `@livepeer-ai/openapi/contract`, and of what `npm run generate -- --spec FILE --out DIR` writes. */
export interface Contract {
  description: OpenAPI
  operationTable: readonly Operation[]
  /** By operationId: self-contained JSON Schemas (2020-12), with their references as they stand in the description. */
  schemas: Record<string, BodySchemas>
  /** By operationId: the same response schemas in draft-07, the newest that Dredd's validator knows. */
  draft07Schemas: Record<string, BodySchemas['responses']>
  /** An OpenAPI 3.0 document, as YAML, with the paths, methods, media types and statuses, and nothing that Dredd's parser does not understand. */
  dreddSkeleton: string
}

/** What a client needs to know about each operation, by method and path (`POST /audio-to-text`). */
export type CallTable = Record<string, CallFacts>

export interface CallFacts {
  operationId: string
  /** Whether the request body is multipart/form-data. */
  isForm: boolean
  /** The shape of the JSON of each 2xx answer by status; null for an answer that is not JSON. */
  success: Record<string, Shape | null>
}

/** What JSON looks like; what is not said is not checked. */
export interface Shape {
  /** Any of `object`, `array`, `string`, `number`, `boolean` and `null`. */
  type?: string[]
  required?: string[]
  properties?: Record<string, Shape>
  items?: Shape
}
