import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { runStep, SpecError } from '../spec/spec-error.ts'
import { generateOutputs, root, type Output } from './outputs.ts'

/** Returns the paths of generated files that are missing, left over, or differ from `outputs`. */
export async function findStaleFiles(outputs: readonly Output[], folder: string = root): Promise<string[]> {
  const stale = await Promise.all(
    outputs.map(async (output) => {
      const names = await findDifferences(join(folder, output.folder), output)
      return names.map((name) => `${output.folder}/${name}`)
    }),
  )
  return stale.flat()
}

async function findDifferences(folder: string, { files, isShared }: Output): Promise<string[]> {
  const present = isShared ? [] : await listFiles(folder)
  const names = [...new Set([...files.keys(), ...present])].toSorted()
  const stale = await Promise.all(
    names.map(async (name) => {
      const actual = await readFile(join(folder, name), 'utf8').catch(() => undefined)
      return actual === files.get(name) ? [] : [name]
    }),
  )
  return stale.flat()
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
}

if (import.meta.main) {
  await runStep(async () => {
    const stale = await findStaleFiles(await generateOutputs())
    if (stale.length) throw new SpecError(`Out of date:\n  ${stale.join('\n  ')}\nRun: npm run generate`)
    console.log('All generated files are up to date.')
  })
}
