import type { Check } from '../check.ts'

/** A check in the file of its area; default stability: `stable`. */
export type CheckRow = Omit<Check, 'area' | 'stability'> & Partial<Pick<Check, 'stability'>>

/** Returns the checks of one area. */
export const defineChecks = (area: string, rows: readonly CheckRow[]): Check[] =>
  rows.map((row) => ({ stability: 'stable', ...row, area }))

/** Plan of a check that reads the exchanges of all other checks. */
export const planNothing = (): [] => []
