import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { figureTable, tableNames } from './figure-table.ts'
import { updateSection } from './update-section.ts'

/**
 * Updates the tables of docs/benchmarks.md from the reports of these benchmarks.
 * A table without a report is kept.
 */
const root = resolve(import.meta.dirname, '../../..')
for (const name of tableNames) {
  const report = await readFile(`${root}/reports/bench-${name}.json`, 'utf8').catch(() => undefined)
  if (report !== undefined)
    await updateSection(`${root}/docs/benchmarks.md`, `bench-${name}`, figureTable(name, JSON.parse(report) as never))
  console.log(
    `docs/benchmarks.md, ${name}: ${report === undefined ? `not measured yet (npm run bench -- ${name})` : 'updated'}`,
  )
}
