export { readWeights, weights, WeightsError } from './weights.ts'
export type { WeightsFile, WeightsName } from './weights.ts'
