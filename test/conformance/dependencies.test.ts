import { readFile, realpath } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { expect, test } from 'vitest'

/** Lists the packages that an installation of a package brings, including itself. */
async function installed(name: string, base: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(name)) return found
  found.add(name)
  const path = await realpath(findPackageJSON(name, base)!)
  const { dependencies = {} } = JSON.parse(await readFile(path, 'utf8')) as { dependencies?: object }
  for (const dependency of Object.keys(dependencies)) await installed(dependency, path, found)
  return found
}

test('npx installs at most ten packages, and Dredd only on request', async () => {
  const packages = [...(await installed('@livepeer-ai/conformance', import.meta.filename))]
  expect(packages).toContain('ajv')
  expect(packages).not.toContain('dredd')
  expect(packages.length).toBeLessThanOrEqual(10)
})
