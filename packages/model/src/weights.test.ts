import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWeights, weights, type WeightsName } from './weights.ts'

const packageFolder = fileURLToPath(new URL('../', import.meta.url))
const names = Object.keys(weights) as WeightsName[]

let folder: string
const folderUrl = () => pathToFileURL(`${folder}/`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('readWeights()', () => {
  test.for(names)('reads %s from the development dependency if nothing is packed', async (name) => {
    expect((await readWeights(name)).length).toBeGreaterThan(1_000_000)
  })

  test('says which file is missing', async () => {
    await expect(readWeights('encoder', folderUrl())).rejects.toThrow(
      /encoder weights are missing: .*moonshine-tiny-encoder\.onnx does not exist\.$/,
    )
  })

  test('refuses a packed file with another sha256, and says both', async () => {
    await mkdir(join(folder, 'weights'))
    await writeFile(join(folder, weights.decoder.packed), 'not a model')
    await expect(readWeights('decoder', folderUrl())).rejects.toThrow(
      new RegExp(`its sha256 is [0-9a-f]{64}, not ${weights.decoder.sha256}`),
    )
  })
})

test('pack-weights.ts copies weights and license to the places that the packed package reads', async () => {
  const copy = await mkdtemp(join(folder, 'packed-'))
  await cp(join(packageFolder, 'pack-weights.ts'), join(copy, 'pack-weights.ts'))
  await cp(join(packageFolder, 'package.json'), join(copy, 'package.json'))
  await cp(join(packageFolder, 'src'), join(copy, 'src'), { recursive: true })
  await symlink(join(packageFolder, 'node_modules'), join(copy, 'node_modules'))
  const run = spawnSync(process.execPath, ['pack-weights.ts'], { cwd: copy, encoding: 'utf8' })
  expect(run).toMatchObject({ status: 0, stderr: '' })
  await rm(join(copy, 'node_modules'))

  const packed = await readdir(join(copy, 'weights'))
  expect(packed.map((file) => `weights/${file}`).toSorted()).toEqual(
    [...names.map((name) => weights[name].packed), 'weights/moonshine-LICENSE.txt'].toSorted(),
  )
  for (const name of names) {
    // Reading verifies the checksum.
    expect((await readWeights(name, pathToFileURL(`${copy}/`))).length).toBeGreaterThan(1_000_000)
  }
})
