import { mkdir, writeFile } from 'node:fs/promises'
import { defects } from '../foreign-api/defects.ts'
import { makeLargeDescription } from '../foreign-api/large-description.ts'
import { complaintsOf, runAgainst, runAgainstMock } from '../foreign-api/run-against.ts'

const clean = await runAgainst([])
const falseAlarms = complaintsOf(clean)
console.log(`${clean.cost.requests} requests to the correct API, ${falseAlarms.length} false alarms`)
for (const alarm of falseAlarms) console.log(alarm)

const missed: string[] = []
for (const defect of defects) {
  const { checks } = await runAgainst([defect])
  const isFound = checks.some(
    ({ area, verdict }) => defect.areas.includes(area) && ['FAIL', 'WARN', 'FLAKY'].includes(verdict),
  )
  if (!isFound) missed.push(defect.id)
}
console.log(`${defects.length - missed.length} of ${defects.length} defects found by a check about them`)
for (const id of missed) console.log(`missed: ${id}`)
const large = makeLargeDescription(100)
const own = process.cpuUsage()
const mocked = await runAgainstMock(large, large)
const { user, system } = process.cpuUsage(own)
const perRequest = (user + system) / 1000 / mocked.cost.requests
const alarms = complaintsOf(mocked).length + mocked.drift.length
console.log(
  `300 operations on the mock: ${mocked.cost.requests} requests, ${alarms} false alarms, ${perRequest.toFixed(2)} ms of CPU per request, with the mock`,
)
await mkdir('reports', { recursive: true })
const found = {
  defects: defects.length,
  missed,
  falseAlarms,
  requests: clean.cost.requests,
  mocked: { alarms, perRequest },
}
await writeFile('reports/bench-conformance-any.json', `${JSON.stringify(found, null, 2)}\n`)
if (falseAlarms.length > 0 || alarms > 0 || missed.length > defects.length * 0.05) process.exitCode = 1
