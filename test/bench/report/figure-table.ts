type Figures = Record<string, unknown>

/** The benchmarks with a table in the document. */
export const tableNames = ['client', 'mock', 'mock-documents', 'conformance-any'] as const
type TableName = (typeof tableNames)[number]

interface Table {
  /** Title of the first column. */
  title: string
  /** Key of the results in the report; default: `results`. */
  part?: string
  /** The subjects, ours first: their names in the report and in the document. */
  subjects: Record<string, string>
  rows: [title: string, cell: (figures: Figures) => string][]
}

const number = (figures: Figures, name: string, digits = 0): string => {
  const value = figures[name]
  if (typeof value !== 'number') throw new Error(`The report has no '${name}': npm run bench -- NAME measures it.`)
  return value.toFixed(digits)
}
const seconds = (value: unknown) => `${(value as number).toFixed((value as number) < 0.1 ? 2 : 1)} s`

/** The rows of the document's tables. */
const tables: Record<TableName, Table> = {
  client: {
    title: 'client',
    part: 'clients',
    subjects: {
      '@livepeer-ai/client': 'this',
      '@livepeer/ai': '`@livepeer/ai`',
      openai: '`openai`',
      'openapi-fetch': 'openapi-fetch, bare',
    },
    rows: [
      ['packages, installed', (it) => `${number(it, 'packages')}, ${number(it, 'installed, MB', 1)} MB`],
      ['in a browser (brotli)', (it) => `${number(it, 'bundle, KB (brotli)', 1)} KB`],
      ['import', (it) => `${number(it, 'import, ms')} ms`],
      ['memory for an upload of 200 MB', (it) => `${number(it, 'memory for a File of 200 MB, MB')} MB`],
    ],
  },
  mock: {
    title: 'mock server',
    subjects: {
      'This mock': 'this',
      Prism: 'Prism',
      'Prism -v silent': 'Prism, silent',
      Scalar: 'Scalar',
      Mockoon: 'Mockoon',
      msw: 'msw',
    },
    rows: [
      ['requests in a second', (it) => number(it, 'requestsPerSecond')],
      ['first answer after the start', (it) => seconds(it['nextStart'])],
      ['upload of 8 MB', (it) => seconds((it['small'] as Figures)['seconds'])],
      ['memory after the requests', (it) => `${(it['roundsMegabytes'] as number[]).at(-1)?.toFixed(0)} MB`],
      ['packages, installed', (it) => `${number(it, 'packages')}, ${number(it, 'installMegabytes')} MB`],
    ],
  },
  'mock-documents': {
    title: "GitHub's description",
    part: 'github',
    subjects: { this: 'this', Prism: 'Prism' },
    rows: [
      ['first answer after the start', (it) => seconds(it['firstAnswer'])],
      ['first 404', (it) => seconds(it['first404'])],
      ['valid request meanwhile', (it) => seconds(it['meanwhile'])],
      ['longest wait while others are answered first', (it) => seconds(it['longestWait'])],
      ['peak memory', (it) => `${number(it, 'peakMegabytes')} MB`],
    ],
  },
  'conformance-any': {
    title: 'any API',
    subjects: { this: 'this', Schemathesis: 'Schemathesis', Dredd: 'Dredd', Specmatic: 'Specmatic' },
    rows: [
      ['defects found', (it) => `${number(it, 'found')} of ${number(it, 'defects')}`],
      ['false alarms about the correct API', (it) => number(it, 'falseAlarms')],
      ['requests to it', (it) => number(it, 'requests')],
      ['time for it', (it) => seconds(it['seconds'])],
    ],
  },
}

/** Formats a report as a Markdown table under its date and machine. */
export function figureTable(
  name: TableName,
  report: { date: string; machine: Figures; [results: string]: unknown },
): string {
  const { title, part = 'results', subjects, rows } = tables[name]
  const results = report[part] as Record<string, Figures | undefined>
  const cells = (cell: (figures: Figures) => string) =>
    Object.keys(subjects).map((subject) => {
      const figures = results[subject]
      return figures && !('failed' in figures) ? cell(figures) : '–'
    })
  const lines = [
    [title, ...Object.values(subjects)],
    ['---', ...Object.keys(subjects).map(() => '---')],
    ...rows.map(([row, cell]) => [row, ...cells(cell)]),
  ]
  const { cpu, node } = report.machine
  return `Measured on ${report.date.slice(0, 10)} (${String(cpu)}, Node ${String(node).replace('v', '')}) by \`npm run bench -- ${name}\`:\n\n${lines
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n')}\n`
}
