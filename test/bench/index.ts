import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { stamp } from './report/stamp.ts'

interface Bench {
  /**
   * Expected minutes on two cores with everything installed. A benchmark is stopped after three
   * times as long.
   */
  minutes: number
  load: () => Promise<unknown>
}

/** The comparing benchmarks write `reports/bench-NAME.json`. */
const benches: Record<string, Bench> = {
  client: { minutes: 4, load: () => import('./client/index.ts') },
  mock: { minutes: 3, load: () => import('./mock/index.ts') },
  'mock-documents': { minutes: 2, load: () => import('./mock-documents/index.ts') },
  conformance: { minutes: 3, load: () => import('./conformance.ts') },
  'conformance-clean': { minutes: 3, load: () => import('./conformance-clean.ts') },
  'conformance-any': { minutes: 30, load: () => import('./conformance-any/index.ts') },
  gateway: { minutes: 6, load: () => import('./transcriber.ts') },
  hearing: { minutes: 2, load: () => import('./hearing/index.ts') },
  mutations: { minutes: 6, load: () => import('./mutations.ts') },
  'gateway-load': { minutes: 11, load: () => import('./gateway-load.ts') },
  'gateway-memory': { minutes: 25, load: () => import('./gateway-memory.ts') },
  'gateway-slow': { minutes: 2, load: () => import('./gateway/slow-connections.ts') },
}

/** Steps that process the reports: `reports/bench.html` and the tables in docs/benchmarks.md. */
const results: Record<string, () => Promise<unknown>> = {
  page: () => import('./report/write-page.ts'),
  tables: () => import('./report/write-tables.ts'),
}

const usage = `Usage: npm run bench [-- NAME | -- --missing]

Runs all benchmarks one after the other and draws reports/bench.html. Takes about ${minutesOf(Object.keys(benches))} minutes on two idle cores.
A benchmark that fails or takes three times as long as expected is stopped; the others continue.

NAME       ${Object.entries(benches)
  .map(([name, { minutes }]) => `${name} (${minutes} min)`)
  .join(', ')},
           page (charts of the results), tables (the tables in docs/benchmarks.md)
--missing  only benchmarks without a report in reports/, for example after an interruption

Exit codes: 0 measured, 1 a benchmark failed, 2 wrong usage.
`

function minutesOf(names: string[]): number {
  return names.reduce((sum, name) => sum + benches[name]!.minutes, 0)
}

function reportOf(name: string, type = 'json'): string {
  return resolve(import.meta.dirname, `../../reports/bench-${name}.${type}`)
}

/**
 * Runs in its own process, which ends everything that it has started. Its output is kept in
 * `reports/bench-NAME.txt`.
 */
async function runAlone(name: string): Promise<boolean> {
  console.log(`\n> ${name}`)
  const child = spawn(process.execPath, [import.meta.filename, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
    process.stdout.write(text)
  })
  const stop = () => process.kill(-child.pid!, 'SIGKILL')
  const minutes = 3 * (benches[name]?.minutes ?? 1)
  const giveUp = () => {
    console.error(`${name} is given up after ${minutes} minutes.`)
    stop()
  }
  const limit = setTimeout(giveUp, minutes * 60_000)
  const interrupt = () => {
    stop()
    process.exit(130)
  }
  process.once('SIGINT', interrupt)
  const [status] = (await once(child, 'close')) as [number | null]
  process.off('SIGINT', interrupt)
  clearTimeout(limit)
  if (status === 0 && benches[name]) await writeFile(reportOf(name, 'txt'), printed)
  return status === 0
}

async function runAll(names: string[]): Promise<void> {
  console.log(`${names.join(', ')}: about ${minutesOf(names)} minutes.`)
  const failed: string[] = []
  for (const name of [...names, 'page']) if (!(await runAlone(name))) failed.push(name)
  if (failed.length)
    console.error(`Failed: ${failed.join(', ')}. The others are measured; npm run bench -- NAME tries one again.`)
  process.exitCode = failed.length ? 1 : 0
}

const [name, ...rest] = process.argv.slice(2)
if (name === undefined) await runAll(Object.keys(benches))
else if (name === '--missing' && rest.length === 0)
  await runAll(Object.keys(benches).filter((one) => !existsSync(reportOf(one)) && !existsSync(reportOf(one, 'txt'))))
else if (benches[name]) {
  const begin = Date.now()
  await benches[name].load()
  await stamp(reportOf(name), begin)
} else if (results[name] && rest.length === 0) await results[name]()
else {
  console.log(usage)
  process.exitCode = name === '--help' ? 0 : 2
}
