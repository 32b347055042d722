import { escape } from '../../packages/conformance/src/reporters/escape.ts'
import { htmlPage } from '../../packages/conformance/src/reporters/html-page.ts'

/** Figures by subject and measure: `{ 'this mock': { 'requests/s': 1425 } }`. */
type Table = Record<string, Record<string, number>>

/** A page with a chart for each measure in the reports of the benchmarks, by their names. The first subject of a table is ours, or the one that `@livepeer-ai` or `This` names. */
export function benchPage(reports: Record<string, unknown>): string {
  const sections = Object.entries(reports).map(
    ([name, report]) =>
      `<h2>${escape(name)}</h2>\n<p>${escape(conditions(report))}. <code>npm run bench -- ${escape(name)}</code> measures it again.</p>\n${tables(report).map(charts).join('\n')}`,
  )
  return htmlPage('Benchmarks', `<h1>Benchmarks</h1>\n${sections.join('\n')}`)
}

/** When, on which machine and with which versions: whatever a report says besides its figures. */
function conditions(report: unknown): string {
  const { date, machine, versions } = report as { date?: unknown; machine?: unknown; versions?: unknown }
  return [date, machine, versions].flatMap((fact) => (fact === undefined ? [] : [words(fact)])).join('; ')
}

function words(fact: unknown): string {
  if (typeof fact !== 'object' || fact === null) return String(fact)
  return Object.entries(fact)
    .map(([name, value]) => `${name} ${words(value)}`)
    .join(', ')
}

/** Every member of a report whose own members all are figures by name. */
function tables(report: unknown): Table[] {
  return Object.entries(report as object)
    .filter(([name]) => !['date', 'machine', 'versions', 'goals'].includes(name))
    .flatMap(([, member]) => {
      if (typeof member !== 'object' || member === null) return []
      const rows = Object.entries(member as object).map(([key, row]) => [nameOf(key, row), figures(row)] as const)
      return rows.some(([, row]) => Object.keys(row).length) ? [Object.fromEntries(rows)] : []
    })
}

/** In a list, a row is named by its first text. */
function nameOf(key: string, row: object): string {
  return /^\d+$/.test(key) ? String(Object.values(row).find((value) => typeof value === 'string')) : key
}

/** The numbers in a value by their path; of a list the last one. */
function figures(value: unknown, path = ''): Record<string, number> {
  if (typeof value === 'number') return { [path]: value }
  if (Array.isArray(value)) return figures(value.at(-1), path)
  if (typeof value !== 'object' || value === null) return {}
  const inner = Object.entries(value).map(([name, one]) => figures(one, path ? `${path}, ${name}` : name))
  return Object.assign({}, ...inner) as Record<string, number>
}

function charts(table: Table): string {
  const measures = [...new Set(Object.values(table).flatMap((row) => Object.keys(row)))].filter(
    // How many answers there were of a status is no measure.
    (measure) => !/status/.test(measure),
  )
  return measures.map((measure) => chart(measure, table)).join('\n')
}

const [width, labels, bars, line] = [900, 220, 420, 24]

/** A bar for each subject, its figure, and how many times ours it is. */
function chart(measure: string, table: Table): string {
  const rows = Object.entries(table).flatMap(([name, row]) =>
    row[measure] === undefined ? [] : [[name, row[measure]] as const],
  )
  const ours = rows.find(([name]) => /^@livepeer-ai|^This/i.test(name))
  const most = Math.max(...rows.map(([, value]) => value))
  const marks = rows.map(([name, value], index) => {
    const ratio = ours && ours[0] !== name && ours[1] > 0 ? `, ${figure(value / ours[1])} times ours` : ''
    const length = most > 0 ? (value / most) * bars : 0
    const colour = ours?.[0] === name ? '#18794e' : '#8b8d98'
    return `<text x="0" y="${index * line + 16}" fill="currentColor">${escape(name)}</text>
<rect x="${labels}" y="${index * line + 4}" width="${length.toFixed(1)}" height="${line - 8}" fill="${colour}"/>
<text x="${(labels + length + 8).toFixed(1)}" y="${index * line + 16}" fill="currentColor">${figure(value)}${ratio}</text>`
  })
  return `<h3>${escape(measure)}</h3>
<svg viewBox="0 0 ${width} ${rows.length * line}" width="${width}" font-size="13" role="img" aria-label="${escape(measure)}">
${marks.join('\n')}
</svg>`
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(2).replace(/\.0$/, '')
}
