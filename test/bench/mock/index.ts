import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { description as contract } from '@livepeer-ai/openapi'
import { installPacked } from '../../runtimes/install-packed.ts'
import { checkGoals } from './goals.ts'
import { measure, type Figures, type Subject } from './measure.ts'
import { peers } from './peers.ts'
import { formatTable } from './table.ts'

/** Measures the packed mock and its peers, one after the other. Writes `reports/bench-mock.*`. */
const amounts = { requests: 10_000, connections: 10, rounds: 1 }
const reports = resolve(import.meta.dirname, '../../../reports')
const projects = join(reports, 'bench-peers')

const subjects: [Subject, number][] = [[await installMock(), 3]]
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

/** Installs packages with npm, unless these versions are already installed. */
async function install(name: string, packages: Record<string, string>): Promise<string> {
  const folder = join(projects, name)
  const manifest = JSON.stringify({ private: true, dependencies: packages }, null, 2)
  const path = join(folder, 'package.json')
  if (existsSync(join(folder, 'node_modules')) && (await readFile(path, 'utf8').catch(() => '')) === manifest)
    return folder
  console.log(
    `npm install ${Object.entries(packages)
      .map((pair) => pair.join('@'))
      .join(' ')}`,
  )
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(path, manifest)
  const env = { ...process.env, SCARF_ANALYTICS: 'false' }
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, env })
  return folder
}

async function installMock(): Promise<Subject> {
  const folder = join(projects, 'mock')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await installPacked(folder, 'mock')
  const cli = 'node_modules/@livepeer-ai/mock/dist/bin.js'
  return {
    name: 'This mock',
    folder,
    args: (_, port) => [cli, '--port', String(port), '--max-bytes', String(200_000_000)],
    description: writeDescription,
  }
}
