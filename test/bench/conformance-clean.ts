import { mkdir, writeFile } from 'node:fs/promises'
import { runSuite, type Report, type SuiteOptions } from '@livepeer-ai/conformance'
import { createGateway, WorkerTranscriber } from '@livepeer-ai/gateway'
import { startMock } from '@livepeer-ai/mock'
import { gateways } from '@livepeer-ai/openapi/gateways'
import { loadStubTranscriber } from '../mutants/stub-transcriber.ts'
import { transcribeSuite } from '../mutants/transcripts.ts'

/**
 * Counts false alarms: ten runs of `full` and one of every other profile against the local gateway,
 * which really transcribes, and one of `full` against the mock as each known gateway.
 */
const token = 'bench-token'
const maxBytes = 2 * 1024 * 1024
const profiles = ['smoke', 'core', ...Array<'full'>(10).fill('full'), 'strict', 'browser', 'long', 'drift'] as const
const head = ['target', 'profile', 'checks', 'requests', 's of audio', 's', 'FAIL, WARN, FLAKY, ERROR, STALE']

let accused = 0
const rows: object[] = []
console.log(`| ${head.join(' | ')} |\n| --- | --- | --: | --: | --: | --: | --- |`)
await testLocalGateway()
for (const name of Object.keys(gateways)) await testMock(name)
await mkdir('reports', { recursive: true })
await writeFile('reports/bench-conformance-clean.json', `${JSON.stringify({ rows }, null, 2)}\n`)
process.exitCode = accused ? 1 : 0

async function testLocalGateway(): Promise<void> {
  const transcriber = new WorkerTranscriber()
  await transcriber.load()
  const gateway = await createGateway({ transcriber, tokens: [token], maxBytes, cors: '*' }).listen({
    port: 0,
    host: '127.0.0.1',
  })
  for (const profile of profiles)
    await testTarget('local gateway', { url: gateway.url, profile, maxBytes, allowUnsafe: profile === 'long' })
  await gateway.close(0)
  await transcriber.close()
}

async function testMock(name: string): Promise<void> {
  const exampleFor = await transcribeSuite(name, await loadStubTranscriber())
  await using mock = await startMock({ port: 0, token, gateway: name, exampleFor })
  await testTarget(`mock as ${name}`, { url: mock.url, profile: 'full', gateway: name })
}

async function testTarget(target: string, options: SuiteOptions): Promise<void> {
  const report = await runSuite({ token, signal: AbortSignal.timeout(300_000), ...options })
  const faults = faultsOf(report)
  accused += faults.length
  const { checks, cost, run } = report
  const { profile } = options
  const seconds = run.ms / 1000
  rows.push({
    target,
    profile,
    checks: checks.length,
    requests: cost.requests,
    audioSeconds: cost.audioSeconds,
    seconds,
    faults,
  })
  const cells = [target, profile, checks.length, cost.requests, cost.audioSeconds, seconds.toFixed(1)]
  console.log(`| ${cells.join(' | ')} | ${faults.join(', ') || 'none'} |`)
}

function faultsOf({ checks, contractLane, deviations, run }: Report): string[] {
  const faults = checks
    .filter(({ verdict }) => ['FAIL', 'WARN', 'FLAKY', 'ERROR', 'INCONCLUSIVE'].includes(verdict))
    .map(({ id, verdict }) => `${id} ${verdict}`)
  const stale = deviations.filter(({ state }) => state === 'stale').map(({ id }) => `${id} STALE`)
  // A gateway that refuses every upload blocks the lane and the billed checks.
  if (checks.some(({ verdict }) => verdict === 'BLOCKED')) return [...faults, ...stale]
  const lane = contractLane?.verdict === 'PASS' ? [] : [`contract lane ${contractLane?.verdict ?? 'absent'}`]
  return [...faults, ...stale, ...lane, ...(run.complete ? [] : ['not complete'])]
}
