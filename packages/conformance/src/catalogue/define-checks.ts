import type { Check, Harm, Level, Need } from '../check.ts'

/** A check in the file of its area. */
export type CheckRow = Omit<Check, 'area' | 'level' | 'critical'>

/** The severity of each harm. docs/checks.md explains it. */
const severities: Record<Harm, { level: Level; critical: boolean }> = {
  'wrong-data': { level: 'MUST', critical: true },
  security: { level: 'MUST', critical: true },
  'client-breaks': { level: 'MUST', critical: false },
  quality: { level: 'SHOULD', critical: false },
  none: { level: 'MAY', critical: false },
}

/**
 * Returns the checks of one area.
 *
 * @param needs - Prerequisites of all of them.
 */
export const defineChecks = (area: string, rows: readonly CheckRow[], needs: readonly Need[] = []): Check[] =>
  rows.map((row) => ({ ...row, ...severities[row.harm], area, needs: [...needs, ...(row.needs ?? [])] }))

/** Plan of a check that reads the exchanges of all other checks. */
export const planNothing = (): [] => []
