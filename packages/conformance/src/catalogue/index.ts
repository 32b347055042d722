import type { Check } from '../check.ts'
import { methodChecks } from './method.ts'

/** The whole catalogue, area by area. */
export const checks: readonly Check[] = [...methodChecks]
