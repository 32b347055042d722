import { defects, type Defect } from '../../foreign-api/defects.ts'
import { makeLargeDescription } from '../../foreign-api/large-description.ts'
import { complaintsOf, runAgainst, runAgainstMock } from '../../foreign-api/run-against.ts'
import { startForeignApi } from '../../foreign-api/server.ts'
import { writeGoals } from '../report/write-goals.ts'
import { peers, type Peer } from './peers.ts'

/**
 * Counts the defects of the foreign API that the suite finds, beside its peers:
 * `npm run bench -- conformance-any [EVERY]`. Peers get every EVERYth defect; default: 1, all.
 */
interface Found {
  defects: number
  found: number
  falseAlarms: number
  /** Requests to the correct API. */
  requests: number
  /** Seconds for the correct API. */
  seconds: number
}

const every = Number(process.argv[3] ?? 1)
const results: Record<string, Found> = { this: await measureOurs() }
for (const peer of peers)
  if (peer.isInstalled()) results[peer.name] = await measurePeer(peer)
  else console.log(`${peer.name} was not measured: it is not on PATH.`)

const largeRun = await measureLarge()
const { this: ours } = results
await writeGoals(
  'conformance-any',
  [
    ['Share of the defects that are missed', 1 - (ours?.found ?? 0) / defects.length, 0.05],
    ['False alarms about the correct API', ours?.falseAlarms ?? NaN, 0],
    ['300 operations on the mock: false alarms', largeRun.alarms, 0],
    ['… requests for each operation', largeRun.requests / 300, 60],
    ['… CPU of a request with the mock, ms', largeRun.msPerRequest, 2],
  ],
  { results, largeRun },
)

/** A defect counts as found if a check about its area complains. */
async function measureOurs(): Promise<Found> {
  const begin = performance.now()
  const clean = await runAgainst([])
  const seconds = (performance.now() - begin) / 1000
  for (const alarm of complaintsOf(clean)) console.log(`false alarm: ${alarm}`)
  let found = 0
  for (const defect of defects) {
    const { checks } = await runAgainst([defect])
    const isFound = checks.some(
      ({ area, verdict }) => defect.areas.includes(area) && ['FAIL', 'WARN', 'FLAKY'].includes(verdict),
    )
    if (isFound) found++
    else console.log(`missed: ${defect.id}`)
  }
  const { requests } = clean.cost
  return report('this', { defects: defects.length, found, falseAlarms: complaintsOf(clean).length, requests, seconds })
}

/** For a peer, each complaint counts that it does not have about the correct API. */
async function measurePeer(peer: Peer): Promise<Found> {
  const begin = performance.now()
  const clean = await runPeer(peer, [])
  const seconds = (performance.now() - begin) / 1000
  for (const alarm of clean.complaints) console.log(`${peer.name}, false alarm: ${alarm}`)
  const sample = defects.filter((_, index) => index % every === 0)
  let found = 0
  for (const defect of sample) {
    const { complaints } = await runPeer(peer, [defect])
    if (complaints.some((complaint) => !clean.complaints.includes(complaint))) found++
  }
  const { complaints, requests } = clean
  return report(peer.name, { defects: sample.length, found, falseAlarms: complaints.length, requests, seconds })
}

async function runPeer(peer: Peer, planted: Defect[]): Promise<{ complaints: string[]; requests: number }> {
  const api = await startForeignApi(planted)
  try {
    const complaints = await peer.run(api.url)
    return { complaints, requests: api.countRequests() }
  } finally {
    await api.close()
  }
}

function report(name: string, figures: Found): Found {
  const { found, falseAlarms, requests, seconds } = figures
  console.log(
    `${name}: ${found} of ${figures.defects} defects, ${falseAlarms} false alarms, ${requests} requests in ${seconds.toFixed(1)} s`,
  )
  return figures
}

async function measureLarge(): Promise<{ alarms: number; requests: number; msPerRequest: number }> {
  const large = makeLargeDescription(100)
  const own = process.cpuUsage()
  const mocked = await runAgainstMock(large, large)
  const { user, system } = process.cpuUsage(own)
  const { requests } = mocked.cost
  const alarms = complaintsOf(mocked).length + mocked.drift.length
  return { alarms, requests, msPerRequest: (user + system) / 1000 / requests }
}
