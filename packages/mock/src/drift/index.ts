export { drifts, findDrift, withDrift } from './with-drift.ts'
export type { ListedDrift } from './with-drift.ts'
export { UnknownDriftError } from './unknown-drift-error.ts'
export type { Drift, DriftFront, Site } from './drift.ts'
