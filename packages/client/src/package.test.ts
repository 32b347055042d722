import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import * as browser from './entry/browser.ts'
import * as reactNative from './entry/react-native.ts'
import * as workerd from './entry/workerd.ts'
import * as index from './index.ts'

type Target = string | { [condition: string]: Target }
type Exports = Record<string, Target>

const url = (path: string) => new URL(`../${path}`, import.meta.url)
const json = async (path: string) => JSON.parse(await readFile(url(path), 'utf8')) as Record<string, unknown>
const manifest = await json('package.json')
const published = manifest['publishConfig'] as {
  exports: Exports
  typesVersions: Record<string, Record<string, [string]>>
}
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
test('JSR exports what npm exports, in the same version', () => {
  const { './package.json': _, ...modules } = exports
  const forServers = Object.entries(modules).map(([subpath, target]) => [
    subpath,
    typeof target === 'string' ? target : target['node'],
  ])
  expect(jsr['exports']).toEqual(Object.fromEntries(forServers))
  for (const field of ['name', 'version', 'license']) expect(jsr[field]).toBe(manifest[field])
})

test('JSR imports what npm bundles, in the same versions', async () => {
  const names = Object.keys(jsr['imports'] as object)
  const imports = names.map(async (name) => {
    const { version } = await json(`node_modules/${name}/package.json`)
    return [name, `npm:${name}@${String(version)}`]
  })
  expect(jsr['imports']).toEqual(Object.fromEntries(await Promise.all(imports)))
  expect(manifest).not.toHaveProperty('dependencies')
})

test('every source export is published as a module, and as CommonJS except in workerd', () => {
  const sources = targets(exports).flatMap(([subpath, conditions]) => {
    if (subpath === './package.json') return [[subpath, conditions]]
    const kinds = conditions === 'workerd' ? [''] : ['require', 'default']
    return kinds.flatMap((kind) =>
      ['types', 'default'].map((last) => [subpath, [conditions, kind, last].filter(Boolean).join(' ')]),
    )
  })
  expect(targets(published.exports).map(([subpath, conditions]) => [subpath, conditions])).toEqual(sources)
  for (const [, , file] of targets(exports)) expect(existsSync(url(file))).toBe(true)
})

test('tools without exports find the same files', async () => {
  const fileOf = (subpath: string, conditions: string) =>
    targets(published.exports).find(([found, ...rest]) => found === subpath && rest[0] === conditions)?.[2]
  expect(published).toMatchObject({
    main: fileOf('.', 'node require default'),
    module: fileOf('.', 'node default default'),
    types: fileOf('.', 'node default types'),
    browser: fileOf('.', 'default require default'),
  })
  expect(manifest['react-native']).toBe(fileOf('.', 'react-native require default'))
  const subpaths = Object.keys(exports).filter((subpath) => subpath !== '.' && subpath !== './package.json')
  for (const subpath of subpaths) {
    const [main, types] = ['require default', 'default types'].map((conditions) => fileOf(subpath, conditions))
    const folder = await json(`${subpath}/package.json`)
    expect(Object.values(folder).map((path) => String(path).replace('../', './'))).toEqual([main, types])
    expect(published.typesVersions['*']?.[subpath.slice(2)]).toEqual([types])
  }
})

test('all runtimes export the same names', () => {
  expect(Object.keys(browser)).toEqual(Object.keys(index))
  expect(Object.keys(workerd)).toEqual(Object.keys(index))
  expect(Object.keys(reactNative)).toEqual(Object.keys(index))
})
