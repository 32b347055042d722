import type { Check } from '../check.ts'

/** A check as it stands in the file of its area; stable unless it says otherwise. */
export type CheckRow = Omit<Check, 'area' | 'stability'> & Partial<Pick<Check, 'stability'>>

/** The checks of one area. */
export const defineChecks = (name: string, rows: readonly CheckRow[]): Check[] =>
  rows.map((row) => ({ stability: 'stable', ...row, area: name }))

/** For a check that reads the exchanges of all the others. */
export const planNothing = (): [] => []
