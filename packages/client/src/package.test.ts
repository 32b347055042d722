import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import * as browser from './entry/browser.ts'
import * as workerd from './entry/workerd.ts'
import * as index from './index.ts'

type Target = string | { [condition: string]: Target }
type Exports = Record<string, Target>

const url = (path: string) => new URL(`../${path}`, import.meta.url)
const json = async (path: string) => JSON.parse(await readFile(url(path), 'utf8')) as Record<string, unknown>
const manifest = await json('package.json')
const published = manifest['publishConfig'] as { exports: Exports; bin: Record<string, string> }
const jsr = await json('jsr.json')
const exports = manifest['exports'] as Exports

/** Returns every file that the exports name, with its conditions. */
const targets = (map: Exports) =>
  Object.entries(map).flatMap(([subpath, target]) =>
    filesOf(target).map(({ conditions, file }) => [subpath, conditions, file] as const),
  )
function filesOf(target: Target): { conditions: string; file: string }[] {
  if (typeof target === 'string') return [{ conditions: '', file: target }]
  return Object.entries(target).flatMap(([condition, inner]) =>
    filesOf(inner).map(({ conditions, file }) => ({ conditions: `${condition} ${conditions}`.trim(), file })),
  )
}
/** Returns the source of a compiled file. */
const sourceOf = (file: string) => file.replace('./dist/', './src/').replace(/(\.d)?\.[jt]s$/, '.ts')

test('JSR exports what npm exports, in the same version', () => {
  const { './package.json': _, ...modules } = exports
  const forServers = Object.entries(modules).map(([subpath, target]) => [
    subpath,
    typeof target === 'string' ? target : target['node'],
  ])
  expect(jsr['exports']).toEqual(Object.fromEntries(forServers))
  for (const field of ['name', 'version', 'license']) expect(jsr[field]).toBe(manifest[field])
})

test('JSR imports what npm installs, in the same versions', async () => {
  const names = Object.keys(manifest['dependencies'] as object)
  const imports = names.map(async (name) => {
    const { version } = await json(`node_modules/${name}/package.json`)
    return [name, `npm:${name}@${String(version)}`]
  })
  expect(jsr['imports']).toEqual(Object.fromEntries(await Promise.all(imports)))
})

test('the published exports are the compiled source exports', () => {
  const sources = targets(exports).flatMap(([subpath, conditions, file]) =>
    file === './package.json'
      ? [[subpath, conditions, file]]
      : ['types', 'default'].map((last) => [subpath, `${conditions} ${last}`.trim(), file]),
  )
  expect(
    targets(published.exports).map(([subpath, conditions, file]) => [subpath, conditions, sourceOf(file)]),
  ).toEqual(sources)
  for (const [, , file] of targets(published.exports)) expect(existsSync(url(sourceOf(file)))).toBe(true)
  expect(Object.values(published.bin).map(sourceOf)).toEqual(Object.values(manifest['bin'] as object))
})

test('all runtimes export the same names', () => {
  expect(Object.keys(browser)).toEqual(Object.keys(index))
  expect(Object.keys(workerd)).toEqual(Object.keys(index))
})
