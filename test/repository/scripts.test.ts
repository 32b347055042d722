import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
  scripts: Record<string, string>
}
const readme = await readFile(new URL('README.md', root), 'utf8')

test('every command of the README first installs the missing dependencies', () => {
  const named = [...readme.matchAll(/\bnpm (?:run )?(?!install|run\b)([a-z][a-z:]*)/g)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((name) => !scripts[`pre${name}`]?.startsWith('node tools/install.mjs'))).toEqual([])
})
