import type { Check } from '../check.ts'

/** A check as it stands in the file of its area; stable unless it says otherwise. */
export type Row = Omit<Check, 'area' | 'stability'> & Partial<Pick<Check, 'stability'>>

/** The checks of one area. */
export const area = (name: string, rows: readonly Row[]): Check[] =>
  rows.map((row) => ({ stability: 'stable', ...row, area: name }))

/** For a check that reads the exchanges of all the others. */
export const observes = (): [] => []
