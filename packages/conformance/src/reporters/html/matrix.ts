import type { CheckResult, Report, Verdict } from '../../report.ts'
import { escape } from '../escape.ts'
import { htmlPage, htmlTable } from './html-page.ts'
import { verdictFacts } from '../verdict-facts.ts'

/** A check, and what became of it at each of the gateways; undefined where it was not run. */
export interface Row extends Pick<CheckResult, 'id' | 'title' | 'level'> {
  verdicts: (Verdict | undefined)[]
}

/**
 * Several reports beside each other as one HTML file: gateways × checks, those first on which they
 * differ, then their drift.
 */
export function matrix(reports: readonly Report[]): string {
  const rows = rowsOf(reports)
  const names = reports.map(({ target }) => escape(target.gatewayTitle ?? target.url))
  const table = (label: string, head: string, lines: string[][]) =>
    lines.length ? `<h2>${label}</h2>\n${htmlTable(label, [head, ...names], lines)}` : ''
  const totals = (Object.keys(verdictFacts) as Verdict[])
    .filter((verdict) => reports.some(({ counts }) => counts[verdict]))
    .map((verdict) => [cell(verdict), ...reports.map(({ counts }) => String(counts[verdict]))])
  return htmlPage(
    `${reports.length} gateways compared`,
    [
      `<h1>${reports.length} gateways compared</h1>`,
      htmlTable(
        'Verdicts',
        ['', ...names],
        [
          ['Base URL', ...reports.map(({ target }) => `<code>${escape(target.url)}</code>`)],
          ['Conclusion', ...reports.map(({ conclusion }) => escape(conclusion.text))],
          ...totals,
        ],
      ),
      table('Where they differ', 'Check', rows.filter(isDiffering).map(line)),
      table('What they answer or declare differently', 'Drift', driftLines(reports)),
      table('Where they agree', 'Check', rows.filter((row) => !isDiffering(row)).map(line)),
    ].join('\n'),
  )
}

/** The checks that the gateways do not all pass. */
export const differing = (reports: readonly Report[]): Row[] =>
  rowsOf(reports).filter(({ verdicts }) => verdicts.some((verdict) => verdict !== 'PASS'))

function rowsOf(reports: readonly Report[]): Row[] {
  const verdictsOf = reports.map(({ checks }) => new Map(checks.map(({ id, verdict }) => [id, verdict])))
  const checks = new Map(reports.flatMap((report) => report.checks).map((check) => [check.id, check]))
  return Array.from(checks.values(), ({ id, title, level }) => ({
    id,
    title,
    level,
    verdicts: verdictsOf.map((byId) => byId.get(id)),
  }))
}

const isDiffering = ({ verdicts }: Row) => new Set(verdicts).size > 1

/** Who else says so tells whether a gateway is the odd one out, or the contract is. */
function line({ id, title, level, verdicts }: Row): string[] {
  const count = (verdict: Verdict | undefined) => verdicts.filter((one) => one === verdict).length
  const isOdd = (verdict: Verdict | undefined) =>
    verdicts.length > 2 && count(verdict) === 1 && new Set(verdicts).size === 2
  return [
    `${escape(id)} ${escape(title)} <small>${level}</small>`,
    ...verdicts.map((verdict) => `${cell(verdict)}${isOdd(verdict) ? ' <small>alone</small>' : ''}`),
  ]
}

/** Each difference from the contract once, with who has it: those that most have come first. */
function driftLines(reports: readonly Report[]): string[][] {
  const found = reports.flatMap(({ drift }) => drift).filter(({ severity }) => severity !== 'info')
  const findings = [...new Map(found.map((finding) => [finding.fingerprint, finding])).values()]
  const who = (fingerprint: string) =>
    reports.map(({ drift }) => drift.find((finding) => finding.fingerprint === fingerprint))
  return findings
    .map((finding) => ({ finding, has: who(finding.fingerprint) }))
    .toSorted((one, other) => other.has.filter(Boolean).length - one.has.filter(Boolean).length)
    .map(({ finding: { class: name, severity, pointer, message, status }, has }) => [
      `${severity} ${escape(name)}: ${status ? `${escape(status)} ` : ''}${escape(message)} <code>${escape(pointer)}</code>`,
      ...has.map((finding) => (finding ? (finding.known ? 'known' : '<b class="bad">yes</b>') : '')),
    ])
}

const cell = (verdict: Verdict | undefined) =>
  verdict ? `<b class="${verdictFacts[verdict].tone}">${verdict}</b>` : '<span class="quiet">not run</span>'
