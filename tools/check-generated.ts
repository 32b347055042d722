import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { artifacts } from './artifacts.ts'
import { defaults } from './generate.ts'
import { readmeWith } from './readme.ts'
import { runStep, SpecError } from './spec-error.ts'

/** The names of generated files that are missing, left over, or differ from what the description gives now; the README too, for its section. */
export async function staleFiles(
  specFile: string = defaults.spec,
  folder: string = defaults.out,
  readme: string = defaults.readme,
): Promise<string[]> {
  const expected = await artifacts(specFile)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const present = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
  const names = new Set([...expected.keys(), ...present])
  const stale = await Promise.all(
    [...names].map(async (name) => {
      const actual = await readFile(join(folder, name), 'utf8').catch(() => undefined)
      return actual === expected.get(name) ? [] : [name]
    }),
  )
  const updated = await readmeWith(readme, expected.get('deviations.md') ?? '')
  if (updated !== (await readFile(readme, 'utf8'))) stale.push([relative(folder, readme)])
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
