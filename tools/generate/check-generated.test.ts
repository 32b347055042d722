import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { staleFiles } from './check-generated.ts'
import { defaults } from './generate.ts'
import { SpecError } from '../spec/spec-error.ts'

let folder: string
let readme: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generated-'))
  readme = join(folder, 'README.md')
  await cp(defaults.out, join(folder, 'src'), { recursive: true })
  await cp(defaults.readme, readme)
})
afterEach(() => rm(folder, { recursive: true }))

const stale = () => staleFiles(defaults.spec, join(folder, 'src'), readme)

test('staleFiles() names what is missing, left over or changed, in folders too, and the README', async () => {
  await rm(join(folder, 'src/gateways/retired.ts'))
  await writeFile(join(folder, 'src/details/gone.ts'), '')
  await appendFile(join(folder, 'src/types.ts'), '//')
  await writeFile(readme, (await readFile(readme, 'utf8')).replace('| `retired/gone-410` |', '| `retired/gone` |'))
  expect(await stale()).toEqual(['../README.md', 'details/gone.ts', 'gateways/retired.ts', 'types.ts'])
})

test('staleFiles() lets the README be rewritten around its generated section', async () => {
  await writeFile(readme, `${await readFile(readme, 'utf8')}\nMore.\n`)
  expect(await stale()).toEqual([])
})

test('staleFiles() says what a README without the section lacks', async () => {
  await writeFile(readme, '# Nothing\n')
  await expect(stale()).rejects.toThrow(SpecError)
  await expect(stale()).rejects.toThrow(
    'README.md  lacks the comments <!-- deviations:start --> and <!-- deviations:end -->',
  )
})
