import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findStaleFiles } from './check-generated.ts'
import { contractFolder, generateOutputs, root } from './outputs.ts'

const outputs = await generateOutputs()

let copy: string
beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), 'generated-'))
  for (const { folder } of outputs) await cp(join(root, folder), join(copy, folder), { recursive: true })
})
afterEach(() => rm(copy, { recursive: true }))

test('findStaleFiles() returns nothing for what was just generated', async () => {
  expect(await findStaleFiles(outputs, copy)).toEqual([])
})

test('findStaleFiles() names missing, left over and changed files in every folder', async () => {
  await rm(join(copy, contractFolder, 'gateways/retired.ts'))
  await writeFile(join(copy, contractFolder, 'details/gone.ts'), '')
  await appendFile(join(copy, contractFolder, 'types.ts'), '//')
  await appendFile(join(copy, 'docs/deviations.md'), 'More.')
  await rm(join(copy, 'packages/conformance/src/generated/report.schema.json'))
  await appendFile(join(copy, 'packages/gateway/src/generated/page.ts'), '//')
  await appendFile(join(copy, 'packages/client/src/generated/to-path.ts'), '//')
  expect(await findStaleFiles(outputs, copy)).toEqual([
    `${contractFolder}/details/gone.ts`,
    `${contractFolder}/gateways/retired.ts`,
    `${contractFolder}/types.ts`,
    'packages/client/src/generated/to-path.ts',
    'docs/deviations.md',
    'packages/gateway/src/generated/page.ts',
    'packages/conformance/src/generated/report.schema.json',
  ])
})

test('findStaleFiles() ignores the written documents beside a generated one', async () => {
  await writeFile(join(copy, 'docs/another.md'), '# Another\n')
  expect(await findStaleFiles(outputs, copy)).toEqual([])
})
