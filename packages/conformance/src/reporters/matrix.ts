import type { Report, Verdict } from '../report.ts'
import { escape } from './escape.ts'
import { htmlPage, htmlTable } from './html-page.ts'
import { verdictFacts } from './verdict-facts.ts'

/** Several reports beside each other as one HTML file: gateways × checks, those first on which they differ. */
export function matrix(reports: readonly Report[]): string {
  const verdictsOf = reports.map(({ checks }) => new Map(checks.map(({ id, verdict }) => [id, verdict])))
  const checks = [...new Map(reports.flatMap((report) => report.checks).map((check) => [check.id, check])).values()]
  const rows = checks.map(({ id, title, level }) => {
    const verdicts = verdictsOf.map((byId) => byId.get(id))
    return { id, title, level, verdicts, differ: new Set(verdicts).size > 1 }
  })
  const lines = (list: typeof rows) =>
    list.map(({ id, title, level, verdicts }) => [
      `${escape(id)} ${escape(title)} <small>${level}</small>`,
      ...verdicts.map(cell),
    ])
  const names = reports.map(({ target }) => escape(target.gatewayTitle ?? target.url))
  const section = (label: string, list: typeof rows) =>
    list.length ? `<h2>${label}</h2>\n${htmlTable(label, ['Check', ...names], lines(list))}` : ''
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
        [...totals, ['Conclusion', ...reports.map(({ conclusion }) => escape(conclusion.text))]],
      ),
      section(
        'Where they differ',
        rows.filter(({ differ }) => differ),
      ),
      section(
        'Where they agree',
        rows.filter(({ differ }) => !differ),
      ),
    ].join('\n'),
  )
}

const cell = (verdict: Verdict | undefined) =>
  verdict ? `<b class="${verdictFacts[verdict].tone}">${verdict}</b>` : '<span class="quiet">not run</span>'
