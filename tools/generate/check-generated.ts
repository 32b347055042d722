import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { description } from '@livepeer-ai/openapi'
import { artifacts } from './artifacts.ts'
import { clientFiles } from './client-files.ts'
import { defaults } from './generate.ts'
import { pageFiles } from './page/page.ts'
import { readmeWith } from './readme.ts'
import { reportSchema } from './report-schema.ts'
import { runStep, SpecError } from '../spec/spec-error.ts'

/** The names of generated files that are missing, left over, or differ from what the description gives now; the README too, for its section. */
export async function staleFiles(
  specFile: string = defaults.spec,
  folder: string = defaults.out,
  readme: string = defaults.readme,
): Promise<string[]> {
  const expected = await artifacts(specFile)
  const stale = await differences(folder, expected)
  const updated = await readmeWith(readme, 'deviations', expected.get('deviations.md') ?? '')
  if (updated !== (await readFile(readme, 'utf8'))) stale.push(relative(folder, readme))
  return stale.toSorted()
}

/** The same for what the client chooses by the description. */
async function staleClient(): Promise<string[]> {
  return differences(defaults.client, clientFiles(description))
}

/** The same for the gateway's page. */
async function stalePage(): Promise<string[]> {
  return differences(defaults.page, await pageFiles())
}

/** The same for the schema of the report. */
export async function staleReportSchema(folder: string = defaults.report): Promise<string[]> {
  return differences(folder, reportSchema())
}

async function differences(folder: string, expected: Map<string, string>): Promise<string[]> {
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
  return stale.flat()
}

if (import.meta.main) {
  await runStep(async () => {
    const stale = [
      ...(await staleFiles()).map((name) => `packages/openapi/src/generated/${name}`),
      ...(await staleClient()).map((name) => `packages/client/src/generated/${name}`),
      ...(await stalePage()).map((name) => `packages/gateway/src/generated/${name}`),
      ...(await staleReportSchema()).map((name) => `packages/conformance/src/generated/${name}`),
    ]
    if (stale.length) throw new SpecError(`Out of date:\n  ${stale.join('\n  ')}\nRun: npm run generate`)
    console.log('All that is generated is up to date.')
  })
}
