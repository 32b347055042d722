export { drifts, findDrift, withDrift } from './with-defects.ts'
export type { ListedDrift } from './with-defects.ts'
export { UnknownDriftError } from './unknown-defect-error.ts'
export type { Drift, DriftFront, Site } from './defect.ts'
