import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { description as contract } from '@livepeer-ai/openapi'
import { checkGoals } from './goals.ts'
import { install, installMock, mockCli } from './install.ts'
import { measure, type Figures, type Subject } from './measure.ts'
import { peers } from './peers.ts'
import { formatTable } from './table.ts'

/** Measures the packed mock and its peers, one after the other. Writes `reports/bench-mock.*`. */
const amounts = { requests: 10_000, connections: 10, rounds: 1 }
const reports = resolve(import.meta.dirname, '../../../reports')

const ours: Subject = {
  name: 'This mock',
  folder: await installMock(),
  args: (_, port) => [mockCli, '--port', String(port), '--max-bytes', String(200_000_000)],
  description: writeDescription,
}
const subjects: [Subject, number][] = [[ours, 3]]
const results: Record<string, Figures | { failed: string }> = {}
for (const { name, packages, server, args } of peers)
  try {
    const folder = await install(name.split(' ')[0]!.toLowerCase(), packages)
    if (server) await writeFile(join(folder, 'server.mjs'), server)
    subjects.push([{ name, folder, args, description: writeDescription }, amounts.rounds])
  } catch (error) {
    results[name] = { failed: (error as Error).message.split('\n')[0]! }
  }

for (const [subject, rounds] of subjects) {
  console.log(subject.name)
  results[subject.name] = await measure(subject, { ...amounts, rounds }).catch((error: Error) => ({
    failed: error.message,
  }))
}
const machine = {
  cpu: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
  memory: `${(totalmem() / 1e9).toFixed(0)} GB`,
  system: `${platform()} ${release()}`,
  node: process.version,
  loadAtTheEnd: loadavg()[0],
}
const versions = { ...Object.assign({}, ...peers.map(({ packages }) => packages)) }
const goals = checkGoals({ results })
const report = { date: new Date().toISOString(), machine, versions, ...amounts, results, goals }
await mkdir(reports, { recursive: true })
await writeFile(join(reports, 'bench-mock.json'), `${JSON.stringify(report, null, 2)}\n`)
const markdown = formatTable(report)
await writeFile(join(reports, 'bench-mock.md'), markdown)
console.log(`\n${markdown}\nreports/bench-mock.json, reports/bench-mock.md`)

async function writeDescription(port: number): Promise<string> {
  return JSON.stringify({ ...contract, servers: [{ url: `http://127.0.0.1:${port}` }] })
}
