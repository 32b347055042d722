import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { processes } from '../../runtimes/processes.ts'
import { pathUpload, uploadMemory } from '../../runtimes/upload-memory.ts'
import { goalsOf, perCall, type Figures } from './goals.ts'
import { install, type Peer } from './install.ts'
import { bundleBytes, callMicroseconds, importMs, instantiations, median, upload } from './measures.ts'
import peers from './peers.json' with { type: 'json' }
import { figure, table } from './table.ts'

/**
 * Measures this client and its peers in one run, and uploads by path in each runtime (on Linux
 * only).
 */
const reports = resolve(import.meta.dirname, '../../../reports')
const sizes = [200, 1000]

const folder = resolve(reports, 'bench-client')
await mkdir(folder, { recursive: true })
const clients: Figures = {}
const callers = new Map<string, string>()
let ours = ''
for (const [name, peer] of Object.entries(peers) as [string, Peer][])
  try {
    const { project, figures } = await figuresOf(peer)
    clients[name] = figures
    if (peer.program === 'ours.ts') ours = project
    if (!peer.isAnotherApi) callers.set(name, project)
    console.log(name)
  } catch (error) {
    // Leaves out a peer that cannot be installed or does not run here.
    if (peer.program === 'ours.ts') throw error
    console.error(`${name} was not measured: ${(error as Error).message.split('\n')[0]}`)
  }

// The peers take turns, so that other load on the machine affects all of them. The minimum counts.
for (let round = 0; round < 5; round++)
  for (const [name, project] of callers) {
    const figures = clients[name]!
    figures[perCall] = Math.min(figures[perCall] || Infinity, await callMicroseconds(project))
  }

const memory: Figures = {}
for (const [name, command] of Object.entries(processes)) {
  memory[name] = {}
  for (const size of sizes) {
    const peaks: number[] = []
    // Garbage collection is random, so the minimum of several runs counts.
    for (let round = 0; round < 3; round++) peaks.push(await uploadMemory(ours, command, size, pathUpload))
    memory[name][`${size} MB by path, MB`] = median(peaks)
  }
}

const goals = goalsOf(clients, memory)
const versions = Object.assign(
  {},
  ...Object.values(peers as Record<string, Peer>).map(({ packages, generator }) => ({
    ...packages,
    ...generator?.packages,
  })),
) as Record<string, string>
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`
const page = `# The client and its peers

${machine}. \`npm run bench -- client\` measures it again. A call is one whose request is read and whose answer comes at once, all clients in turns; memory is what a
process takes at its peak beyond what it had before.

${table('', clients)}

Memory for uploads from the disk with this client:

${table('', memory)}

| Goal | measured | at most | |
| --- | --: | --: | --- |
${goals.map(({ what, measured, atMost, isMet }) => `| ${what} | ${figure(measured)} | ${figure(atMost)} | ${isMet ? 'met' : '**missed**'} |`).join('\n')}
`
await writeFile(
  resolve(reports, 'bench-client.json'),
  `${JSON.stringify({ machine, versions, clients, memory, goals }, null, 2)}\n`,
)
await writeFile(resolve(reports, 'bench-client.md'), page)
console.log(page)

async function figuresOf(peer: Peer): Promise<{ project: string; figures: Record<string, number> }> {
  const { project, packages, bytes } = await install(peer, folder)
  const figures = {
    'bundle, KB (brotli)': (await bundleBytes(project)) / 1000,
    packages,
    'installed, MB': bytes / 1e6,
    'import, ms': await importMs(project),
    [perCall]: NaN,
    'type instantiations': await instantiations(project),
    'memory for a File of 200 MB, MB': peer.isAnotherApi
      ? NaN
      : await uploadMemory(project, processes['Node 24'] ?? [], 200, upload),
  }
  return { project, figures }
}
