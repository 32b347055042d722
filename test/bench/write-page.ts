import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { benchPage } from './page.ts'

/** `reports/bench.html` from every `reports/bench-NAME.json`. */
const reports = resolve(import.meta.dirname, '../../reports')
const files = (await readdir(reports)).flatMap((file) => /^bench-(.+)\.json$/.exec(file) ?? [])
const names = files.filter((one) => !one.endsWith('.json')).toSorted()
const read = async (name: string) =>
  [name, JSON.parse(await readFile(join(reports, `bench-${name}.json`), 'utf8')) as unknown] as const
await writeFile(join(reports, 'bench.html'), benchPage(Object.fromEntries(await Promise.all(names.map(read)))))
console.log(`Charts: ${join(reports, 'bench.html')}`)
