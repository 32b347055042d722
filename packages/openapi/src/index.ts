export type { components, operations, paths } from './generated/types.ts'
export { description } from './generated/description.ts'
export { operationTable } from './generated/operation-table.ts'
export {
  defaultMaxBytes,
  escapeRegExp,
  findOperationObject,
  isObject,
  listFormParts,
  methods,
  resolveReference,
  resolveSchema,
  valueAt,
} from './openapi.ts'
export { isReference, kindOfChild, sliceDescription, toPointer, tokensOf } from './slice-description.ts'
export type { BrokenReference, PlaceKind } from './slice-description.ts'
export { containerOf } from './container-of.ts'
export type { Container } from './container-of.ts'
export type {
  Encoding,
  MediaType,
  OpenAPI,
  OperationObject,
  PathItem,
  Reference,
  RequestBody,
  Response,
  Schema,
} from './openapi.ts'
export { listOperations } from './operation.ts'
export type { Operation } from './operation.ts'
export type { BodySchemas, CallFacts, CallTable, Contract, Shape } from './contract.ts'
