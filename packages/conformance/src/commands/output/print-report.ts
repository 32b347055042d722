import type { Report, Verdict } from '../../report.ts'
import { formatCost, formatLane } from '../../reporters/outline/facts.ts'
import type { OperationTable } from '../../reporters/outline/operation-table.ts'
import { groupEntries, outlineReport } from '../../reporters/outline/outline-report.ts'
import { toText, type Entry, type Evidence, type OutlinedFinding } from '../../reporters/outline/outline.ts'
import { verdictFacts, type VerdictFacts } from '../../reporters/verdict-facts.ts'

const colors: Record<VerdictFacts['tone'], number> = { good: 32, note: 33, bad: 31, quiet: 39 }

/** Formats a verdict as a column, in color on a terminal. */
export const formatVerdict = (verdict: Verdict, width = 12): string =>
  formatLabel(verdict, verdictFacts[verdict].tone, width)

function formatLabel(label: string, tone: VerdictFacts['tone'], width = 12): string {
  const text = label.padEnd(width)
  const hasColors = process.stdout.isTTY && process.stdout.hasColors()
  return hasColors ? `\u001B[${colors[tone]}m${text}\u001B[39m` : text
}

/** Formats a count with its noun. */
export const formatCount = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/**
 * Prints the report without the checks that pass.
 *
 * @param folder - Folder of the report; null if nothing is written.
 */
export function printReport(report: Report, folder: string | null): void {
  const { checks, target, contractLane, run } = report
  const { hints, sections, totals, operations, conclusion } = outlineReport(report, folder)
  if (target.gatewayTitle) console.log(`${target.gatewayTitle}\n`)
  for (const hint of hints) console.log(`${toText(hint)}\n`)
  for (const { id, title, entries } of sections) {
    if (id === 'rest') continue
    console.log(`${title}\n`)
    if (id === 'undecided' || id === 'unseen') printGroups(entries)
    else for (const entry of entries) printEntry(entry)
  }
  printOperations(operations)
  const verdicts = totals.filter(({ label }) => label in report.counts)
  const counts = verdicts.map(({ label, count }) => `${count} ${label}`)
  console.log(`${formatCount(checks.length, 'check')} of profile ${run.profile}: ${counts.join(', ')}`)
  if (contractLane) console.log(`Contract lane ${formatLane(contractLane)}`)
  console.log(`${formatCost(report)}, ${(run.ms / 1000).toFixed(1)} s`)
  console.log(`${target.url} ${toText(conclusion)}.`)
  if (target.resembles && sections.length > 1) console.log(`It ${target.resembles.hint}.`)
}

const indent = ' '.repeat(13)

function printEntry({ label, tone, name, title, scope, harm, findings, advice, about, url }: Entry): void {
  const isDrift = label === 'DRIFT'
  console.log(`${formatLabel(label, tone)} ${name}  ${title}${scope === undefined ? '' : `  (${scope})`}`)
  if (harm !== undefined) console.log(indent + harm)
  if (label === 'KNOWN' && about) console.log(indent + about)
  if (label !== 'KNOWN' && !isDrift) for (const finding of findings) printFinding(finding)
  if (advice) console.log(`${indent}→ ${advice.label === 'Workaround' ? 'Workaround: ' : ''}${advice.text}`)
  if (url !== undefined) console.log(indent + url)
  console.log()
}

function printFinding({ message, notes, evidence, sameAs }: OutlinedFinding): void {
  const excuse = notes.find((note) => note.startsWith('waived'))
  console.log(`${indent}${message}${excuse === undefined ? '' : `; ${excuse}`}`)
  if (sameAs !== undefined) console.log(`${indent}  the same request as in ${sameAs}`)
  if (evidence) for (const line of listLines(evidence)) console.log(`${indent}  ${line}`)
}

/** Lists the lines that show an exchange. */
export const listLines = ({ request, answer, headers, body, command }: Evidence): string[] => [
  `> ${request}`,
  `< ${[answer, ...headers].join('; ')}`,
  ...(body ? [`< ${body.replaceAll(/\s+/g, ' ')}`] : []),
  ...(command?.split('\n') ?? []),
]

function printGroups(entries: readonly Entry[]): void {
  for (const { label, reason, names } of groupEntries(entries))
    console.log(`${label.padEnd(12)} ${names.join(', ')}\n${indent}${reason}\n`)
}

const maxRows = 40

/** Prints the operations that do not pass everything, with a letter for each area. */
function printOperations({ areas, rows }: OperationTable): void {
  const shown = rows.filter(({ cells }) => cells.some((cell) => cell && cell.verdict !== 'PASS'))
  if (shown.length === 0) return
  const width = Math.max(...shown.map(({ operation }) => operation.length))
  const format = (cells: readonly string[]) =>
    cells.map((one, index) => one.padEnd((areas[index] ?? '').length)).join(' ')
  console.log(`${'Operation'.padEnd(width)} ${format(areas)}`)
  for (const { operation, cells } of shown.slice(0, maxRows))
    console.log(
      `${operation.padEnd(width)} ${format(cells.map((cell) => (cell ? marks[cell.verdict] : '')))}`.trimEnd(),
    )
  if (shown.length > maxRows) console.log(`… and ${shown.length - maxRows} more`)
  const others = rows.length - shown.length
  console.log(`${others > 0 ? `The other ${others} operations pass. ` : ''}. pass, - not run, others as named\n`)
}

const marks: Record<Verdict, string> = {
  PASS: '.',
  FAIL: 'FAIL',
  ERROR: 'ERROR',
  FLAKY: 'FLAKY',
  WARN: 'WARN',
  STALE: 'STALE',
  INCONCLUSIVE: '?',
  KNOWN: 'KNOWN',
  WAIVED: 'WAIVE',
  BLOCKED: '-',
  SKIPPED: '-',
  DISABLED: '-',
}
