import { expect, test } from 'vitest'
import { benchPage } from './page.ts'

const page = benchPage({
  mock: {
    date: '2026-11-22',
    machine: { cpu: '2 × Some', node: 'v24' },
    versions: { peer: '1.2.3' },
    results: {
      'This mock': { rate: 100, upload: { seconds: 0.5, status: 200 }, rounds: [1, 3] },
      '<Peer>': { rate: 250, upload: { seconds: 1, status: 413 }, rounds: [2, 6] },
      Broken: { failed: 'it did not start' },
    },
  },
})

test('a figure stands beside how many times ours it is', () => {
  expect(page).toContain('>100</text>')
  expect(page).toContain('>250, 2.5 times ours</text>')
  expect(page).toContain('>6, 2 times ours</text>')
})

test('the longest bar is as long as can be, and the others are in proportion', () => {
  const [first, second] = [...page.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))
  expect(first! / second!).toBeCloseTo(0.4, 2)
})

test('machine, versions and date are named; a status is no measure; names are no markup', () => {
  expect(page).toContain('2026-11-22; cpu 2 × Some, node v24; peer 1.2.3')
  expect(page).not.toContain('<h3>upload, status')
  expect(page).toContain('&lt;Peer&gt;')
})

test('figures on the top level alone make no chart', () => {
  expect(benchPage({ mock: { requests: 10 } })).not.toContain('<svg')
})

test('the rows of a list are named by their first text', () => {
  expect(benchPage({ suite: { rows: [{ what: 'core', seconds: 4 }] } })).toContain('>core</text>')
})
