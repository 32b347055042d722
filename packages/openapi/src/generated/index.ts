// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

export { description } from './description.ts'
export { draft07Schemas } from './draft-07-schemas.ts'
export { dreddSkeleton } from './dredd-skeleton.ts'
export { operationTable } from './operation-table.ts'
export { schemas } from './schemas.ts'
