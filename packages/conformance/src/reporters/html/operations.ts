import { escape } from '../escape.ts'
import { formatCell, type OperationTable } from '../outline/operation-table.ts'
import { verdictFacts } from '../verdict-facts.ts'
import { formatTable } from './html-page.ts'

/** Formats the verdicts by operation and area as a section; empty for a run with one operation. */
export function formatOperations(title: string, { areas, rows }: OperationTable): string {
  if (rows.length === 0) return ''
  const lines = rows.map(({ operation, cells }) => [
    `<code>${escape(operation)}</code>`,
    ...cells.map((cell) => (cell ? `<b class="${verdictFacts[cell.verdict].tone}">${formatCell(cell)}</b>` : '')),
  ])
  return `<section><h2>${escape(title)}</h2>\n${formatTable(title, ['Operation', ...areas], lines)}</section>`
}
