import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** A measured value and its upper limit. */
export type Goals = [what: string, measured: number, atMost: number][]

/** Prints which goals are met, and writes tables and goals to `reports/bench-NAME.json`. */
export async function writeGoals(name: string, goals: Goals, tables: Record<string, object> = {}): Promise<void> {
  const judged = goals.map(([what, measured, atMost]) => ({ what, measured, atMost, isMet: measured <= atMost }))
  for (const { what, measured, atMost, isMet } of judged)
    console.log(`${isMet ? 'met' : 'MISSED'}: ${what}: ${Number(measured.toFixed(3))}, at most ${atMost}`)
  const reports = fileURLToPath(new URL('../../../reports/', import.meta.url))
  await mkdir(reports, { recursive: true })
  await writeFile(`${reports}bench-${name}.json`, `${JSON.stringify({ ...tables, goals: judged }, null, 2)}\n`)
}
