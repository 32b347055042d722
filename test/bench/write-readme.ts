import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { updateReadme } from '../../tools/readme.ts'
import { readmeTable } from './readme-table.ts'

/** The tables of README.md from `reports/bench-client.json` and `reports/bench-mock.json`, with their dates. */
const root = resolve(import.meta.dirname, '../..')
const report = async (name: string) => JSON.parse(await readFile(`${root}/reports/bench-${name}.json`, 'utf8')) as never

for (const name of ['client', 'mock'] as const)
  await updateReadme(`${root}/README.md`, `bench-${name}`, readmeTable(name, await report(name)))
console.log(`Updated: ${root}/README.md`)
