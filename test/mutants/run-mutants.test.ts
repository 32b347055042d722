import { defects, findDefect } from '@livepeer-ai/mock/defects'
import { expect, test } from 'vitest'
import { runMutants, type RunSuite } from './run-mutants.ts'
import { startMutant } from './start-mutant.ts'
import { loadStubTranscriber } from './stub-transcriber.ts'

const transcriber = await loadStubTranscriber()
const site = { token: 'good', maxBytes: 100_000 }
const options = {
  suite: 'sample',
  start: (names: readonly string[]) => startMutant(names, { transcriber, ...site }),
  ...site,
  concurrency: 2,
  timeoutMs: 5000,
}

/** Checks only a 405. */
const sample: RunSuite = async (url) => {
  const response = await fetch(`${url}/audio-to-text`)
  const verdict = (isKept: boolean) => (isKept ? 'PASS' : 'FAIL')
  return [
    { id: 'ME-03', verdict: verdict(response.headers.get('allow')?.includes('POST') ?? false) },
    { id: 'ER-05', verdict: verdict(/json/.test(response.headers.get('content-type') ?? '')) },
  ]
}

test('a mutant is killed by its checks, noticed by others, or survives', async () => {
  const some = ['allow-missing', 'get-silent-200', 'cookie'].map(findDefect)
  const report = await runMutants({ ...options, run: sample, defects: some })
  expect(report.mutants.map(({ name, fate, killers, bystanders }) => ({ name, fate, killers, bystanders }))).toEqual([
    { name: 'allow-missing', fate: 'killed', killers: ['ME-03'], bystanders: [] },
    { name: 'get-silent-200', fate: 'noticed', killers: [], bystanders: ['ME-03', 'ER-05'] },
    { name: 'cookie', fate: 'survived', killers: [], bystanders: [] },
  ])
  expect(report.counts).toEqual({ killed: 1, noticed: 1, survived: 1, broken: 0 })
  expect(report.score).toBeCloseTo(1 / 3)
  expect(report.falseAlarms).toEqual([])
})

test('a check that also complains without a defect kills nothing and is a false alarm', async () => {
  const run: RunSuite = () => Promise.resolve([{ id: 'ME-03', verdict: 'WARN' }])
  const report = await runMutants({ ...options, run, defects: [findDefect('allow-missing')] })
  expect(report.falseAlarms).toEqual([{ id: 'ME-03', verdict: 'WARN' }])
  expect(report.counts.survived).toBe(1)
})

test('a check that complains more than without a defect kills', async () => {
  let runs = 0
  const run: RunSuite = () => Promise.resolve([{ id: 'ME-03', verdict: runs++ ? 'FAIL' : 'WARN' }])
  const report = await runMutants({ ...options, run, defects: [findDefect('allow-missing')] })
  expect(report.counts.killed).toBe(1)
})

test('a suite that throws or takes too long is broken', async () => {
  let runs = 0
  const run: RunSuite = () => {
    if (!runs++) return Promise.resolve([])
    return runs === 2 ? Promise.reject(new Error('out of order')) : new Promise(() => {})
  }
  const report = await runMutants({ ...options, run, defects: defects.slice(0, 2), concurrency: 1, timeoutMs: 200 })
  expect(report.mutants.map(({ fate, error }) => [fate, error])).toEqual([
    ['broken', 'out of order'],
    ['broken', 'the suite took longer than 200 ms'],
  ])
})
