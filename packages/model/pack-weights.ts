import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { readWeights, weights, type WeightsName } from './src/weights.ts'

/** Copies the verified weights and Moonshine's license into the package before it is packed. */
const folder = new URL('./', import.meta.url)

await rm(new URL('weights/', folder), { recursive: true, force: true })
const files = await Promise.all(
  (Object.keys(weights) as WeightsName[]).map(async (name) => ({
    path: weights[name].packed,
    bytes: await readWeights(name),
  })),
)
await mkdir(new URL('weights/', folder))
await Promise.all(files.map(({ path, bytes }) => writeFile(new URL(path, folder), bytes)))
await copyFile(
  new URL('node_modules/@moonshine-ai/moonshine-js/LICENSE', folder),
  new URL('weights/moonshine-LICENSE.txt', folder),
)
