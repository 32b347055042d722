import { nameOf, type CheckResult, type Report, type Verdict } from '../../report.ts'
import { escape } from '../escape.ts'
import { tabulateOperations } from '../outline/operation-table.ts'
import { verdictFacts } from '../verdict-facts.ts'
import { formatPage, formatTable } from './html-page.ts'
import { formatOperations } from './operations.ts'

/** A check with its verdict for each gateway; undefined if it did not run. */
export interface Row extends Pick<CheckResult, 'id' | 'title' | 'level'> {
  verdicts: (Verdict | undefined)[]
}

/**
 * Formats several reports as one HTML file: the checks that differ, the drift, the other checks.
 */
export function formatMatrix(reports: readonly Report[]): string {
  const rows = rowsOf(reports)
  const names = reports.map(({ target }) => escape(target.gatewayTitle ?? target.url))
  const table = (label: string, head: string, lines: string[][]) =>
    lines.length ? `<h2>${label}</h2>\n${formatTable(label, [head, ...names], lines)}` : ''
  const totals = (Object.keys(verdictFacts) as Verdict[])
    .filter((verdict) => reports.some(({ counts }) => counts[verdict]))
    .map((verdict) => [cell(verdict), ...reports.map(({ counts }) => String(counts[verdict]))])
  return formatPage(
    `${reports.length} servers compared`,
    [
      `<h1>${reports.length} servers compared</h1>`,
      formatTable(
        'Verdicts',
        ['', ...names],
        [
          ['Base URL', ...reports.map(({ target }) => `<code>${escape(target.url)}</code>`)],
          ['Conclusion', ...reports.map(({ conclusion }) => escape(conclusion.text))],
          ...totals,
        ],
      ),
      table('Where they differ', 'Check', rows.filter(isDiffering).map(line)),
      table('How they differ from the contract', 'Drift', driftLines(reports)),
      table('Where they agree', 'Check', rows.filter((row) => !isDiffering(row)).map(line)),
      ...reports.map(({ target, checks }) =>
        formatOperations(`Operations of ${target.gatewayTitle ?? target.url}`, tabulateOperations(checks)),
      ),
    ].join('\n'),
  )
}

/** Lists the checks that at least one gateway does not pass. */
export const listDiffering = (reports: readonly Report[]): Row[] =>
  rowsOf(reports).filter(({ verdicts }) => verdicts.some((verdict) => verdict !== 'PASS'))

function rowsOf(reports: readonly Report[]): Row[] {
  const verdictsOf = reports.map(({ checks }) => new Map(checks.map((check) => [nameOf(check), check.verdict])))
  const checks = new Map(reports.flatMap((report) => report.checks).map((check) => [nameOf(check), check]))
  return Array.from(checks, ([id, { title, level }]) => ({
    id,
    title,
    level,
    verdicts: verdictsOf.map((byId) => byId.get(id)),
  }))
}

const isDiffering = ({ verdicts }: Row) => new Set(verdicts).size > 1

/** Marks a verdict that no other gateway has. */
function line({ id, title, level, verdicts }: Row): string[] {
  const count = (verdict: Verdict | undefined) => verdicts.filter((one) => one === verdict).length
  const isOdd = (verdict: Verdict | undefined) =>
    verdicts.length > 2 && count(verdict) === 1 && new Set(verdicts).size === 2
  return [
    `${escape(id)} ${escape(title)} <small>${level}</small>`,
    ...verdicts.map((verdict) => `${cell(verdict)}${isOdd(verdict) ? ' <small>alone</small>' : ''}`),
  ]
}

/** Lists each drift once with the gateways that have it, the most common first. */
function driftLines(reports: readonly Report[]): string[][] {
  const found = reports.flatMap(({ drift }) => drift).filter(({ severity }) => severity !== 'info')
  const findings = [...new Map(found.map((finding) => [finding.fingerprint, finding])).values()]
  const findIn = (fingerprint: string) =>
    reports.map(({ drift }) => drift.find((finding) => finding.fingerprint === fingerprint))
  return findings
    .map((finding) => ({ finding, has: findIn(finding.fingerprint) }))
    .toSorted((one, other) => other.has.filter(Boolean).length - one.has.filter(Boolean).length)
    .map(({ finding: { class: name, severity, pointer, message, status }, has }) => [
      `${severity} ${escape(name)}: ${status ? `${escape(status)} ` : ''}${escape(message)} <code>${escape(pointer)}</code>`,
      ...has.map((finding) => (finding ? (finding.known ? 'known' : '<b class="bad">yes</b>') : '')),
    ])
}

const cell = (verdict: Verdict | undefined) =>
  verdict ? `<b class="${verdictFacts[verdict].tone}">${verdict}</b>` : '<span class="quiet">not run</span>'
