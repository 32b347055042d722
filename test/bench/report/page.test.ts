import { expect, test } from 'vitest'
import { figureTable } from './figure-table.ts'
import { benchPage } from './page.ts'

const page = benchPage({
  mock: {
    date: '2026-11-22',
    machine: { cpu: '2 × Some', node: 'v24' },
    versions: { peer: '1.2.3' },
    results: {
      'This mock': { requestsPerSecond: 100, upload: { seconds: 0.5, status: 200 }, rounds: [1, 3] },
      '<Peer>': { requestsPerSecond: 250, upload: { seconds: 1, status: 413 }, rounds: [2, 6] },
      Broken: { failed: 'it did not start' },
    },
  },
})

test('a figure is shown with its ratio to ours', () => {
  expect(page).toContain('>100</text>')
  expect(page).toContain('>250, 2.5 times ours</text>')
  expect(page).toContain('>6, 2 times ours</text>')
})

test('describes a measure and its direction in words', () => {
  expect(page).toContain('<h3>requests per second (more is better)</h3>')
  expect(page).toContain('<h3>upload, seconds</h3>')
})

test('the longest bar fills the chart, and the others are in proportion', () => {
  const [first, second] = [...page.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))
  expect(first! / second!).toBeCloseTo(0.4, 2)
})

test('shows machine, versions and date; omits statuses; escapes names', () => {
  expect(page).toContain('2026-11-22; cpu 2 × Some, node v24; peer 1.2.3')
  expect(page).not.toContain('<h3>upload, status')
  expect(page).toContain('&lt;Peer&gt;')
})

test('top-level figures make no chart', () => {
  expect(benchPage({ mock: { requests: 10 } })).not.toContain('<svg')
})

test('reports a missed goal', () => {
  const goals = [{ what: 'bundle, <KB>', measured: 5.1, atMost: 5, isMet: false }]
  expect(benchPage({ client: { goals } })).toMatch(/bundle, &lt;KB&gt;.*5\.1.*>missed</)
})

test('rows of a list are named by their first text', () => {
  expect(benchPage({ suite: { rows: [{ what: 'core', seconds: 4 }] } })).toContain('>core</text>')
})

test('the tables name date and machine, and omit the figures of a failed peer', () => {
  const figures = {
    requestsPerSecond: 1425.4,
    nextStart: 0.61,
    small: { seconds: 0.03 },
    packages: 2,
    installMegabytes: 2.6,
  }
  const table = figureTable('mock', {
    date: '2026-11-22T10:00:00Z',
    machine: { cpu: '2 × Some', node: 'v24.1.0' },
    results: { 'This mock': { ...figures, roundsMegabytes: [1, 148.2] }, msw: { failed: 'it did not start' } },
  })
  expect(table).toContain('Measured on 2026-11-22 (2 × Some, Node 24.1.0) by `npm run bench -- mock`')
  expect(table).toContain('| requests in a second | 1425 | – | – | – | – | – |')
  expect(table).toContain('| memory after the requests | 148 MB |')
})
