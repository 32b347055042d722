import { escape } from '../../../packages/conformance/src/reporters/escape.ts'
import { formatPage, formatTable } from '../../../packages/conformance/src/reporters/html/html-page.ts'

/** Figures by subject and measure: `{ 'this mock': { 'requests/s': 1425 } }`. */
type Table = Record<string, Record<string, number>>

/**
 * Returns a page with a chart per measure of the benchmark reports. Our own subjects are named
 * `@livepeer-ai…`, `This…` or `suite…`.
 */
export function benchPage(reports: Record<string, unknown>): string {
  const names = Object.keys(reports)
  const contents = names.map((name) => `<li><a href="#${escape(name)}">${escape(name)}</a>`)
  const sections = names.map((name) => {
    const again = `<code>npm run bench -- ${escape(name)}</code> measures it again.`
    const report = reports[name]
    const content =
      typeof report === 'string'
        ? `<p>${again}</p>\n<pre>${escape(report)}</pre>`
        : `<p>${escape(conditions(report))}. ${again}</p>\n${goals(report)}${tables(report).map(charts).join('\n')}`
    return `<h2 id="${escape(name)}">${escape(name)}</h2>\n${content}`
  })
  const note = 'Ours is green. Less is better, unless a chart says otherwise.'
  return formatPage(
    'Benchmarks',
    `<h1>Benchmarks</h1>\n<p>${note}</p>\n<ul>${contents.join('')}</ul>\n${sections.join('\n')}`,
  )
}

/** Returns the date, the machine and the versions: everything in a report except figures. */
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

/** Returns the goals, and if they are met. */
function goals(report: unknown): string {
  const { goals: all = [] } = report as {
    goals?: { what: string; measured: number | null; atMost: number | null; isMet: boolean }[]
  }
  const rows = all.map(({ what, measured, atMost, isMet }) => [
    escape(what),
    threeDigits(measured),
    threeDigits(atMost),
    `<span class="${isMet ? 'good' : 'bad'}">${isMet ? 'met' : 'missed'}</span>`,
  ])
  return rows.length ? formatTable('Goals', ['Goal', 'Measured', 'At most', ''], rows) : ''
}

/** JSON has no NaN: a missing measurement is null. */
const threeDigits = (value: number | null) => (value === null ? 'not measured' : String(Number(value.toPrecision(3))))

/** Returns every member of a report that contains only figures by name. */
function tables(report: unknown): Table[] {
  return Object.entries(report as object)
    .filter(([name]) => !['date', 'machine', 'versions', 'goals'].includes(name))
    .flatMap(([, member]) => {
      if (typeof member !== 'object' || member === null) return []
      const rows = Object.entries(member as object).map(([key, row]) => [nameOf(key, row), figures(row)] as const)
      return rows.some(([, row]) => Object.keys(row).length) ? [Object.fromEntries(rows)] : []
    })
}

/** In a list, the first text names a row. */
function nameOf(key: string, row: object): string {
  return /^\d+$/.test(key) ? String(Object.values(row).find((value) => typeof value === 'string')) : key
}

/** Returns the numbers in a value by path; of a list only the last one. */
function figures(value: unknown, path = ''): Record<string, number> {
  if (typeof value === 'number') return { [path]: value }
  if (Array.isArray(value)) return figures(value.at(-1), path)
  if (typeof value !== 'object' || value === null) return {}
  const inner = Object.entries(value).map(([name, one]) => figures(one, path ? `${path}, ${name}` : name))
  return Object.assign({}, ...inner) as Record<string, number>
}

function charts(table: Table): string {
  const measures = [...new Set(Object.values(table).flatMap((row) => Object.keys(row)))].filter(
    // The number of responses by status is not a measure, and an empty chart shows nothing.
    (measure) => !/status/.test(measure) && Object.values(table).some((row) => row[measure]),
  )
  return measures.map((measure) => chart(measure, table)).join('\n')
}

const [width, labels, bars, line] = [900, 220, 420, 24]
const isOurs = (name: string) => /^(@livepeer-ai|this|suite)/i.test(name)

/** Returns a bar per subject with its figure and its ratio to our own. */
function chart(measure: string, table: Table): string {
  const rows = Object.entries(table).flatMap(([name, row]) =>
    row[measure] === undefined ? [] : [[name, row[measure]] as const],
  )
  const [ours, ...more] = rows.filter(([name]) => isOurs(name))
  const most = Math.max(...rows.map(([, value]) => value))
  const marks = rows.map(([name, value], index) => {
    const isCompared = ours && !more.length && ours[0] !== name && ours[1] > 0 && value > 0
    const ratio = isCompared ? `, ${figure(value / ours[1])} times ours` : ''
    const length = (value / most) * bars
    const colour = isOurs(name) ? '#18794e' : '#8b8d98'
    return `<text x="0" y="${index * line + 16}" fill="currentColor">${escape(name)}</text>
<rect x="${labels}" y="${index * line + 4}" width="${length.toFixed(1)}" height="${line - 8}" fill="${colour}"/>
<text x="${(labels + length + 8).toFixed(1)}" y="${index * line + 16}" fill="currentColor">${figure(value)}${ratio}</text>`
  })
  return `<h3>${escape(title(measure))}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="${escape(title(measure))}">
<svg viewBox="0 0 ${width} ${rows.length * line}" width="${width}" font-size="13" role="img" aria-label="${escape(title(measure))}">
${marks.join('\n')}
</svg>
</div>`
}

/** Describes a measure; for rates, more is better. */
function title(measure: string): string {
  const text = measure.replaceAll(/(?<=[a-z])[A-Z](?=[a-z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return /per second|\/s\b|noticed/.test(text) ? `${text} (more is better)` : text
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(2).replace(/\.0$/, '')
}
