import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { benchPage } from './page.ts'

/**
 * Writes `reports/bench.html` from every `reports/bench-NAME.json`, and from `bench-NAME.txt` for
 * benchmarks without figures.
 */
const folder = resolve(import.meta.dirname, '../../../reports')
const reports: Record<string, unknown> = {}
for (const file of (await readdir(folder)).toSorted().toReversed()) {
  const [, name, type] = /^bench-(.+)\.(json|txt)$/.exec(file) ?? []
  if (!name) continue
  const text = await readFile(join(folder, file), 'utf8')
  reports[name] = type === 'json' ? JSON.parse(text) : (reports[name] ?? text)
}
await writeFile(join(folder, 'bench.html'), benchPage(Object.fromEntries(Object.entries(reports).toReversed())))
console.log(`Charts: ${join(folder, 'bench.html')}`)
