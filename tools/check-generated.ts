import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { artifacts } from './artifacts.ts'
import { defaults } from './generate.ts'
import { runStep, SpecError } from './spec-error.ts'

/** The names of generated files that are missing, left over, or differ from what the description gives now. */
export async function staleFiles(specFile: string = defaults.spec, folder: string = defaults.out): Promise<string[]> {
  const expected = await artifacts(specFile)
  const present = await readdir(folder).catch(() => [])
  const names = new Set([...expected.keys(), ...present])
  const stale = await Promise.all(
    [...names].map(async (name) => {
      const actual = await readFile(join(folder, name), 'utf8').catch(() => undefined)
      return actual === expected.get(name) ? [] : [name]
    }),
  )
  return stale.flat().toSorted()
}

if (import.meta.main) {
  await runStep(async () => {
    const stale = await staleFiles()
    if (stale.length)
      throw new SpecError(`Out of date in packages/openapi/src/generated: ${stale.join(', ')}.\nRun: npm run generate`)
    console.log('packages/openapi/src/generated is up to date.')
  })
}
