import { groupBy } from '../../group-by.ts'
import type { CheckResult, Verdict } from '../../report.ts'
import { sortBySeverity } from '../verdict-facts.ts'

/** The verdicts of a run with several operations: one row for each, one column for each area. */
export interface OperationTable {
  areas: readonly string[]
  rows: readonly OperationRow[]
}

export interface OperationRow {
  operation: string
  /** The cell of each area; undefined if no check of the area is about the operation. */
  cells: readonly (OperationCell | undefined)[]
}

/** The most severe verdict in an area, and the number of its checks. */
export interface OperationCell {
  verdict: Verdict
  count: number
}

/** Returns the verdicts by operation and area; no row for a run with one operation. */
export function tabulateOperations(checks: readonly CheckResult[]): OperationTable {
  const own = checks.filter(({ operation }) => operation !== undefined)
  const areas = [...new Set(own.map(({ area }) => area))]
  const rows = Array.from(
    groupBy(own, ({ operation = '' }) => operation),
    ([operation, results]) => ({
      operation,
      cells: areas.map((area) => toCell(results.filter((check) => check.area === area))),
    }),
  )
  return { areas, rows: rows.length > 1 ? rows : [] }
}

function toCell(results: readonly CheckResult[]): OperationCell | undefined {
  const [worst] = sortBySeverity(results)
  return worst && { verdict: worst.verdict, count: results.filter(({ verdict }) => verdict === worst.verdict).length }
}

/** Formats a cell: the verdict, and how many checks have it unless all pass. */
export const formatCell = (cell: OperationCell | undefined): string => {
  if (!cell) return ''
  return cell.verdict === 'PASS' ? cell.verdict : `${cell.count} ${cell.verdict}`
}
