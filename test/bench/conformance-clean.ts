import { mkdir, writeFile } from 'node:fs/promises'
import { runSuite, type Report } from '@livepeer-ai/conformance'
import { createGateway, WorkerTranscriber } from '@livepeer-ai/gateway'

/**
 * Counts false alarms: ten runs of `full` and one of every other profile against the local gateway,
 * which really transcribes.
 */
const token = 'bench-token'
const maxBytes = 2 * 1024 * 1024
const profiles = ['smoke', 'core', ...Array<'full'>(10).fill('full'), 'strict', 'browser', 'long', 'drift'] as const

const transcriber = new WorkerTranscriber()
await transcriber.load()
const gateway = await createGateway({ transcriber, tokens: [token], maxBytes, cors: '*' }).listen({
  port: 0,
  host: '127.0.0.1',
})
let accused = 0
const rows: object[] = []
console.log(
  '| profile | checks | requests | s of audio | s | FAIL, WARN, FLAKY, ERROR |\n| --- | --: | --: | --: | --: | --- |',
)
for (const profile of profiles) {
  const report = await runSuite({
    url: gateway.url,
    token,
    profile,
    maxBytes,
    allowUnsafe: profile === 'long',
    signal: AbortSignal.timeout(300_000),
  })
  const faults = faultsOf(report)
  accused += faults.length
  const { checks, cost, run } = report
  const seconds = run.ms / 1000
  rows.push({
    profile,
    checks: checks.length,
    requests: cost.requests,
    audioSeconds: cost.audioSeconds,
    seconds,
    faults,
  })
  const cells = [profile, checks.length, cost.requests, cost.audioSeconds, seconds.toFixed(1)]
  console.log(`| ${cells.join(' | ')} | ${faults.join(', ') || 'none'} |`)
}
await gateway.close(0)
await transcriber.close()
await mkdir('reports', { recursive: true })
await writeFile('reports/bench-conformance-clean.json', `${JSON.stringify({ rows }, null, 2)}\n`)
process.exitCode = accused ? 1 : 0

function faultsOf({ checks, contractLane, run }: Report): string[] {
  const faults = checks
    .filter(({ verdict }) => ['FAIL', 'WARN', 'FLAKY', 'ERROR', 'INCONCLUSIVE'].includes(verdict))
    .map(({ id, verdict }) => `${id} ${verdict}`)
  const lane = contractLane?.verdict === 'PASS' ? [] : [`contract lane ${contractLane?.verdict ?? 'absent'}`]
  return [...faults, ...lane, ...(run.complete ? [] : ['not complete'])]
}
