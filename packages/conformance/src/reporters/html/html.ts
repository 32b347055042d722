import type { Report } from '../../report.ts'
import { escape } from '../escape.ts'
import { outlineReport } from '../outline/outline-report.ts'
import { toText, type Outline, type Section, type Span } from '../outline/outline.ts'
import { formatEntry } from './entry.ts'
import { formatExchange } from './exchange.ts'
import { filterScript, formatFilter, formatTotals } from './filter.ts'
import { formatPage } from './html-page.ts'
import { formatOperations } from './operations.ts'

/**
 * Formats the report as one HTML file that loads nothing. Without a script the whole report is
 * readable and the counts are filters; the script adds a filter by text, level and area.
 */
export function formatHtml(report: Report): string {
  const outline = outlineReport(report)
  const { name, url, exitCode, conclusion, hints, sections } = outline
  const body = [
    `<h1>${escape(name)}</h1>`,
    name === url ? '' : `<p><code>${escape(url)}</code></p>`,
    `<p class="conclusion ${exitCode === 0 ? 'good' : 'bad'}">${formatSpans(conclusion)} <small>exit code ${exitCode}</small></p>`,
    ...hints.map((hint) => `<p class="hint">${formatSpans(hint)}</p>`),
    formatTotals(outline.totals),
    formatFilter(sections),
    ...sections.map(formatSection),
    report.exchanges.length
      ? `<section><h2 id="exchanges">Exchanges</h2>\n${report.exchanges.map(formatExchange).join('\n')}</section>`
      : '',
    formatOperations('Operations', outline.operations),
    formatFacts(outline),
  ]
  return formatPage(`${name}: ${toText(conclusion)}`, body.filter(Boolean).join('\n'), filterScript)
}

function formatSection({ id, title, entries }: Section): string {
  const labels = [...new Set(entries.map(({ label }) => label))]
  const isOpen = id === 'failures' || id === 'warnings' || id === 'known'
  return `<section data-label="${labels.join(' ')}">
<h2 id="${id}">${title}</h2>
${entries.map((entry) => formatEntry(entry, isOpen)).join('\n')}
</section>`
}

const formatSpans = (spans: readonly Span[]): string =>
  spans
    .map(({ text, to }) => (to === undefined ? escape(text) : `<a href="#${escape(to)}">${escape(text)}</a>`))
    .join('')

const formatFacts = ({ facts }: Outline): string =>
  `<section><h2 id="run">About this run</h2>\n<dl>${facts
    .map(([term, value]) => `<dt>${escape(term)}</dt><dd>${escape(value)}</dd>`)
    .join('')}</dl></section>`
