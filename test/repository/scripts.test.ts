import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
  scripts: Record<string, string>
}
const [readme = '', contributing = ''] = await Promise.all(
  ['README.md', 'CONTRIBUTING.md'].map((name) => readFile(new URL(name, root), 'utf8')),
)

const [commandTable = ''] = /^## Commands\n.*?(?=^## )/ms.exec(contributing) ?? []

test('every command of README and CONTRIBUTING first installs the missing dependencies', () => {
  const named = [...(readme + commandTable).matchAll(/\bnpm (?:run )?(?!install|run\b)([a-z][a-z:]*)/g)].map(
    ([, name = '']) => name,
  )
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((name) => !scripts[`pre${name}`]?.startsWith('node tools/install.mjs'))).toEqual([])
})
