import type { Goal } from '../client/goals.ts'
import type { Figures } from './measure.ts'

export interface Report {
  date: string
  machine: Record<string, unknown>
  versions: Record<string, string>
  results: Record<string, Figures | { failed: string }>
  goals: Goal[]
}

const mb = (value: number) => `${value.toFixed(0)} MB`
const s = (value: number) => `${value.toFixed(2)} s`

const rows: [title: string, cell: (figures: Figures) => string][] = [
  ['requests/s, 1 KB, 10 connections', ({ requestsPerSecond }) => requestsPerSecond.toFixed(0)],
  ['p50, p99', ({ p50, p99 }) => `${(p50 * 1000).toFixed(1)}, ${(p99 * 1000).toFixed(1)} ms`],
  [
    'answers',
    ({ statuses }) =>
      Object.entries(statuses)
        .map(([status, count]) => `${count} × ${status}`)
        .join(', '),
  ],
  ['first answer after the first start', ({ firstStart }) => s(firstStart)],
  ['… after the next ones (best)', ({ nextStart }) => s(nextStart)],
  ['one 8 MB upload', ({ small }) => `${s(small.seconds)} (${small.status})`],
  ['one 100 MB upload', ({ large }) => `${s(large.seconds)} (${large.status})`],
  ['… memory above what it was', ({ large }) => mb(large.grownMegabytes)],
  ['memory when idle', ({ idleMegabytes }) => mb(idleMegabytes)],
  ['memory after each round of requests', ({ roundsMegabytes }) => roundsMegabytes.map(mb).join(', ')],
  ['install', ({ installMegabytes, packages }) => `${installMegabytes.toFixed(1)} MB, ${packages} packages`],
]

/** Returns the report as Markdown, with a column for each server. */
export function formatTable({ date, machine, versions, results, goals }: Report): string {
  const names = Object.keys(results)
  const cells = (cell: (figures: Figures) => string) =>
    names.map((name) => {
      const figures = results[name]!
      return 'failed' in figures ? 'failed' : cell(figures)
    })
  const line = (values: string[]) => `| ${values.join(' | ')} |`
  const [first] = Object.values(results)
  const rate = first && !('failed' in first) ? first.requestsPerSecond : NaN
  return [
    '# Mock servers side by side',
    '',
    `${date}, ${Object.entries(machine)
      .map((pair) => pair.join(' '))
      .join(', ')}.`,
    `With ${Object.entries(versions)
      .map((pair) => pair.join(' '))
      .join(', ')}.`,
    '',
    line(['', ...names]),
    line(['---', ...names.map(() => '---')]),
    ...rows.map(([title, cell]) => line([title, ...cells(cell)])),
    line([
      'requests/s of the first, as a multiple',
      ...cells(({ requestsPerSecond }) => (rate / requestsPerSecond).toFixed(1)),
    ]),
    '',
    line(['Goal', 'measured', 'at most', '']),
    line(['---', '--:', '--:', '---']),
    ...goals.map(({ what, measured, atMost, isMet }) =>
      line([what, measured.toFixed(2), String(atMost), isMet ? 'met' : '**missed**']),
    ),
    ...Object.entries(results).flatMap(([name, figures]) =>
      'failed' in figures ? ['', `${name}: ${figures.failed}`] : [],
    ),
    '',
  ].join('\n')
}
