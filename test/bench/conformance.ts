import { mkdir, writeFile } from 'node:fs/promises'
import { loadScenarios, runContract, runSuite } from '@livepeer-ai/conformance'
import { createGateway, WorkerTranscriber } from '@livepeer-ai/gateway'
import { startMock } from '@livepeer-ai/mock'
import * as contract from '@livepeer-ai/openapi/contract'

/** What a run of the suite takes: beside Dredd, against the mock and against the local gateway, which really transcribes. */
const token = 'bench-token'
const scenarios = new URL('../../packages/conformance/scenarios/audio-to-text.yaml', import.meta.url)

interface Row {
  what: string
  requests: number
  audioSeconds: number
  seconds: number
  /** Of the run, that no request was under way: per exchange. */
  overheadMs: number
  faults: number
}

const rows: Row[] = []
await using mock = await startMock({ port: 0, token })
await suite('suite, core, mock', mock.url, 1)
await suite('suite, core, mock, 4 at a time', mock.url, 4)
await dredd('Dredd alone, mock', mock.url)

const transcriber = new WorkerTranscriber()
await transcriber.load()
const gateway = await createGateway({ transcriber, tokens: [token] }).listen({ port: 0, host: '127.0.0.1' })
await suite('suite, core, local gateway', gateway.url, 4)
await dredd('Dredd alone, local gateway', gateway.url)
await gateway.close(0)
await transcriber.close()

const lines = rows.map(
  ({ what, requests, audioSeconds, seconds, overheadMs, faults }) =>
    `| ${what} | ${requests} | ${audioSeconds} | ${seconds.toFixed(1)} | ${overheadMs.toFixed(2)} | ${faults} |`,
)
const table = [
  '| run | requests | s of audio | s | ms of overhead per request | faults |',
  '| --- | --: | --: | --: | --: | --: |',
  ...lines,
].join('\n')
console.log(table)
await mkdir('reports', { recursive: true })
await writeFile(
  'reports/bench-conformance.json',
  `${JSON.stringify({ date: new Date().toISOString(), node: process.version, rows }, null, 2)}\n`,
)
await writeFile('reports/bench-conformance.md', `${table}\n`)

async function suite(what: string, url: string, concurrency: number): Promise<void> {
  const started = performance.now()
  const { exchanges, cost, counts } = await runSuite({ url, token, gateway: 'none', lanes: ['catalogue'], concurrency })
  const ms = performance.now() - started
  rows.push({
    what,
    requests: cost.requests,
    audioSeconds: cost.audioSeconds,
    seconds: ms / 1000,
    overheadMs: idleMs(ms, exchanges) / exchanges.length,
    faults: counts.FAIL + counts.WARN,
  })
}

async function dredd(what: string, url: string): Promise<void> {
  const started = performance.now()
  const { results } = await runContract({
    url,
    token,
    contract,
    scenarios: await loadScenarios(scenarios, contract),
    skip: ({ status }) => (status === '413' ? 'as in the suite' : undefined),
  })
  const ms = performance.now() - started
  const answered = results.reduce((sum, result) => sum + result.ms, 0)
  rows.push({
    what,
    requests: results.length,
    audioSeconds: 0,
    seconds: ms / 1000,
    overheadMs: (ms - answered) / results.length,
    faults: results.filter(({ outcome }) => outcome === 'fail').length,
  })
}

/** Milliseconds of a run in which no request was under way. */
function idleMs(total: number, exchanges: { startedAt: string; ms: number }[]): number {
  let end = 0
  let busy = 0
  const spans = exchanges.map(({ startedAt, ms }) => [Date.parse(startedAt), Date.parse(startedAt) + ms] as const)
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    busy += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return total - busy
}
