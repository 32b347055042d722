import type { Report } from '../report.ts'
import { formatCell, type OperationTable } from './outline/operation-table.ts'
import { groupEntries, outlineReport } from './outline/outline-report.ts'
import type { Entry, Evidence, OutlinedFinding, Section, Span } from './outline/outline.ts'

/** Formats the summary of a CI job in GitHub Flavored Markdown, in the order of the outline. */
export function formatMarkdown(report: Report): string {
  const { name, url, exitCode, conclusion, hints, totals, sections, operations, facts } = outlineReport(report)
  return [
    `# ${text(name)}`,
    `${name === url ? '' : `${code(url)} `}**${formatSpans(conclusion)}** (exit code ${exitCode})`,
    ...hints.map(formatSpans),
    totals.map(({ label, count }) => `${count} ${label}`).join(' · '),
    ...sections.flatMap(formatSection),
    ...formatOperations(operations),
    '## About this run',
    formatTable([['', ''], ...facts.map(([term, value]) => [text(term), text(value)])]),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')
}

function formatSection({ id, title, entries }: Section): string[] {
  const heading = `## ${formatAnchor(id)}${title}`
  if (id === 'rest' || id === 'undecided' || id === 'unseen') return [heading, formatGroups(entries)]
  if (id === 'failures' || id === 'warnings') return [heading, ...entries.flatMap(formatEntry)]
  return [heading, entries.map(formatLine).join('\n')]
}

/** Formats an entry with a heading of its own. */
function formatEntry({ id, label, name, title, scope, harm, findings, advice, about }: Entry): string[] {
  const source = [scope, about].filter(Boolean).join(', ')
  return [
    `### ${formatAnchor(id)}${label} ${text(name)}: ${text(title)}`,
    [harm === undefined ? '' : text(harm), source ? `_${text(source)}_` : ''].filter(Boolean).join(' '),
    ...findings.flatMap(formatFinding),
    advice ? `**${advice.label}:** ${text(advice.text)}` : '',
  ]
}

function formatFinding({ message, notes, evidence, sameAs }: OutlinedFinding): string[] {
  const places = notes.filter((note) => note.startsWith('/')).map((note) => ` ${code(note)}`)
  const same = sameAs === undefined ? '' : ` (the same request as in [${text(sameAs)}](#${toAnchor(sameAs)}))`
  return [`- ${text(message)}${places.join('')}${same}`, ...(evidence ? formatEvidence(evidence) : [])]
}

const formatEvidence = ({ request, answer, headers, body, command }: Evidence): string[] => [
  fence('http', [request, '', answer, ...headers, ...(body ? ['', body] : [])].join('\n')),
  command === undefined ? '' : fence('sh', command),
]

/** Formats an entry as an item of a list. */
function formatLine({ id, name, label, title, scope, findings, advice, about, url }: Entry): string {
  const link = url !== undefined && /^https?:/.test(url) ? `[${text(name)}](${encodeURI(url)})` : text(name)
  const isKnown = label === 'KNOWN' || label === 'STALE'
  const details = [
    about && text(about),
    ...(isKnown ? [] : findings.map(({ message, notes }) => text([message, ...notes].join('; ')))),
    advice && `${advice.label}: ${text(advice.text)}`,
  ]
  const head = `- ${formatAnchor(id)}**${label}** ${link}${scope === undefined ? '' : ` (${scope})`}: ${text(title)}`
  return [head, ...details.filter(Boolean).map((line) => `  - ${line}`)].join('\n')
}

/** Formats entries as a table that names only their ids. */
function formatGroups(entries: readonly Entry[]): string {
  const rows = groupEntries(entries).map(({ label, reason, names }) => [
    label,
    String(names.length),
    `${names.map(text).join(', ')}${reason ? `: ${text(reason)}` : ''}`,
  ])
  return formatTable([['Verdict', 'Count', 'Checks'], ...rows])
}

/** Formats the verdicts by operation and area. */
function formatOperations({ areas, rows }: OperationTable): string[] {
  if (rows.length === 0) return []
  const lines = rows.map(({ operation, cells }) => [text(operation), ...cells.map(formatCell)])
  return ['## Operations', formatTable([['Operation', ...areas], ...lines])]
}

/** Formats rows as a table; the first one is its head. */
function formatTable([head = [], ...rows]: readonly string[][]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

const formatSpans = (spans: readonly Span[]): string =>
  spans.map(({ text: words, to }) => (to === undefined ? text(words) : `[${text(words)}](#${toAnchor(to)})`)).join('')

const formatAnchor = (id: string): string => `<a id="${toAnchor(id)}"></a>`

const toAnchor = (id: string): string => id.toLowerCase().replaceAll(/[^\w-]+/g, '-')

/** Fences code with more backticks than it contains. */
function fence(language: string, content: string): string {
  const longest = Math.max(2, ...Array.from(content.matchAll(/`+/g), ([ticks]) => ticks.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${content}\n${ticks}`
}

/** Formats text on one line of Markdown with HTML. Words between backticks are code. */
const text = (value: string): string =>
  value
    .split(/`([^`]+)`/)
    .map((piece, index) => (index % 2 ? code(piece) : escapeMarkdown(piece)))
    .join('')

const escapeMarkdown = (value: string): string =>
  value
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]|~#@!]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')

const code = (value: string) => `\`${value.replaceAll(/[`|\s]+/g, ' ')}\``
