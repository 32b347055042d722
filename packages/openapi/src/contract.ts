import type { OpenAPI, Schema } from './openapi.ts'
import type { Operation } from './operation.ts'

/** The body schemas of one operation: by media type, and for responses by status first. */
export interface BodySchemas {
  request: Record<string, Schema>
  responses: Record<string, Record<string, Schema>>
}

/**
 * Everything generated from one description. Has the shape of `@livepeer-ai/openapi/contract` and
 * of the folder that `npm run generate -- --spec FILE --out DIR` writes.
 */
export interface Contract {
  description: OpenAPI
  operationTable: readonly Operation[]
  /** Self-contained JSON Schemas (2020-12) by operationId. References are kept. */
  schemas: Record<string, BodySchemas>
  /** The response schemas in draft-07 by operationId. Dredd's validator knows no newer draft. */
  draft07Schemas: Record<string, BodySchemas['responses']>
  /**
   * An OpenAPI 3.0 document in YAML that Dredd's parser understands: paths, methods, media types
   * and statuses only.
   */
  dreddSkeleton: string
}

/** Facts that the client needs about each operation, by method and path (`POST /audio-to-text`). */
export type CallTable = Record<string, CallFacts>

export interface CallFacts {
  operationId: string
  /** The names of the files in a multipart/form-data body; absent for another body. */
  files?: string[] | undefined
  /** The JSON shape of each 2xx response by status; null for a response that is not JSON. */
  success: Record<string, Shape | null>
}

/** The shape of a JSON value. An absent member is not checked. */
export interface Shape {
  /** Any of `object`, `array`, `string`, `number`, `boolean` and `null`. */
  type?: string[] | undefined
  required?: string[] | undefined
  properties?: Record<string, Shape> | undefined
  items?: Shape | undefined
}
