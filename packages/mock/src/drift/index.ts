export { drifts, findDrift, UnknownDriftError, withDrift } from './with-drift.ts'
export type { ListedDrift } from './with-drift.ts'
export type { Drift, Site } from './drift.ts'
