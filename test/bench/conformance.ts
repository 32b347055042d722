import { loadScenarios, runContract, runSuite } from '@livepeer-ai/conformance'
import { createGateway, WorkerTranscriber } from '@livepeer-ai/gateway'
import { startMock } from '@livepeer-ai/mock'
import { defects } from '@livepeer-ai/mock/defects'
import * as contract from '@livepeer-ai/openapi/contract'
import { runMutants } from '../mutants/run-mutants.ts'
import { startMutant } from '../mutants/start-mutant.ts'
import { loadStubTranscriber } from '../mutants/stub-transcriber.ts'
import { suites } from '../mutants/suites.ts'
import { writeGoals, type Goals } from './report/write-goals.ts'

/**
 * Measures a run of the suite against the mock and the local gateway, with Dredd and Schemathesis
 * as peers.
 */
const token = 'bench-token'
const scenarios = new URL('../../packages/conformance/scenarios/audio-to-text.yaml', import.meta.url)

interface Row {
  what: string
  requests: number
  audioSeconds: number
  seconds: number
  /** The time of the run without any request in flight, per exchange. */
  overheadMs: number
  faults: number
}

const rows: Row[] = []
await using mock = await startMock({ port: 0, token })
// The first run of a process is the slowest, and the one that users see.
const onMock = await suite('suite, core, mock', mock.url, 4)
await suite('suite, core, mock, one at a time', mock.url, 1)
await dredd('Dredd alone, mock', mock.url)

const transcriber = new WorkerTranscriber()
await transcriber.load()
const gateway = await createGateway({ transcriber, tokens: [token] }).listen({ port: 0, host: '127.0.0.1' })
const onGateway = await suite('suite, core, local gateway', gateway.url, 4)
await dredd('Dredd alone, local gateway', gateway.url)
await gateway.close(0)
await transcriber.close()

/** Takes every n-th defect. The defects are sorted by area, so each area is represented. */
const step = 8
const sample = defects.filter((_, index) => index % step === 0)
const site = { token, maxBytes: 2 * 1024 * 1024 }
const peers: PeerRow[] = []
const titles: Record<string, string> = { conformance: 'suite', contract: 'Dredd alone', schemathesis: 'Schemathesis' }
for (const [name, one] of Object.entries(suites)) {
  const stub = await loadStubTranscriber()
  const { falseAlarms, counts, mutants, requests, ms } = await runMutants({
    suite: name,
    ...one,
    defects: sample,
    start: (names) => startMutant(names, { transcriber: stub, ...site }),
    ...site,
    timeoutMs: 40_000,
  })
  const meanOf = (values: number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)
  peers.push({
    what: titles[name]!,
    mutants: mutants.length,
    noticed: counts.killed + counts.noticed,
    unfinished: counts.broken,
    falseAlarms: falseAlarms.length,
    requests,
    requestsPerMutant: meanOf(mutants.map((mutant) => mutant.requests)),
    seconds: ms / 1000,
  })
}

interface PeerRow {
  what: string
  mutants: number
  /** Mutants with more complaints than the gateway without a defect. */
  noticed: number
  /** Mutants on which the tool failed or took longer than 40 s. */
  unfinished: number
  /** Complaints about the gateway without a defect. */
  falseAlarms: number
  /** Requests to the gateway without a defect. */
  requests: number
  requestsPerMutant: number
  seconds: number
}

const table = (head: string, lines: (string | number)[][]) => {
  const columns = head.split('|')
  const rule = columns.map((_, index) => (index ? '--:' : '---'))
  return [columns, rule, ...lines]
    .map((cells) => `| ${cells.map((cell) => String(cell).trim()).join(' | ')} |`)
    .join('\n')
}
const text = [
  table(
    'run|requests|s of audio|s|ms of overhead per request|faults',
    rows.map(({ what, requests, audioSeconds, seconds, overheadMs, faults }) => [
      what,
      requests,
      audioSeconds,
      seconds.toFixed(1),
      overheadMs.toFixed(2),
      faults,
    ]),
  ),
  `On the same mutants, ${sample.length} of ${defects.length} (each ${step}th, of ${new Set(sample.map(({ area }) => area)).size} areas):`,
  table(
    'run|noticed|not finished|false alarms|requests, no defect|requests, each mutant|s',
    peers.map((row) => [
      row.what,
      `${row.noticed} of ${row.mutants}`,
      row.unfinished,
      row.falseAlarms,
      row.requests,
      row.requestsPerMutant,
      row.seconds.toFixed(1),
    ]),
  ),
  ...(suites['schemathesis']
    ? []
    : ['Schemathesis was not measured: there is no `st` on PATH (pip install schemathesis).']),
].join('\n\n')
console.log(text)
const ours = peers.find(({ what }) => what === titles['conformance'])!
await writeGoals(
  'conformance',
  [
    ['Against the mock, s', onMock.seconds, 5],
    ['Against the local gateway, s', onGateway.seconds, 45],
    ['Audio, s', onGateway.audioSeconds, 60],
    ...rows.flatMap((row): Goals =>
      row.what.startsWith('suite') ? [[`${row.what}: overhead per request, ms`, row.overheadMs, 3]] : [],
    ),
    ['Mutants that nobody noticed', ours.mutants - ours.noticed, 0],
    // The mock accepts any bytes as a recording, so complaints about that are no false alarms.
    ['False alarms about a gateway', ours.falseAlarms + onGateway.faults, 0],
  ],
  { rows, peers },
)

async function suite(what: string, url: string, concurrency: number): Promise<Row> {
  const started = performance.now()
  const { exchanges, cost, counts } = await runSuite({ url, token, gateway: 'none', lanes: ['catalogue'], concurrency })
  const ms = performance.now() - started
  const row: Row = {
    what,
    requests: cost.requests,
    audioSeconds: cost.audioSeconds,
    seconds: ms / 1000,
    overheadMs: idleMs(ms, exchanges) / exchanges.length,
    faults: counts.FAIL + counts.WARN,
  }
  rows.push(row)
  return row
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

/** Returns the milliseconds of a run without any request in flight. */
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
