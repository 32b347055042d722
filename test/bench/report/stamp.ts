import { readFile, stat, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os'

/** Adds date and machine to a report if it was written after `begin` (milliseconds). */
export async function stamp(path: string, begin: number): Promise<void> {
  const { mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {}
  if (mtimeMs < begin) return
  const machine = {
    cpu: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
    memory: `${(totalmem() / 1e9).toFixed(0)} GB`,
    system: `${platform()} ${release()}`,
    node: process.version,
    load: Number(loadavg()[0]!.toFixed(1)),
  }
  const stamped = { ...(JSON.parse(await readFile(path, 'utf8')) as object), date: new Date().toISOString(), machine }
  await writeFile(path, `${JSON.stringify(stamped, null, 2)}\n`)
}
