import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locatePointers } from './locate-pointer.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'place-'))
})
afterAll(() => rm(folder, { recursive: true }))

const yaml = `openapi: 3.0.3
paths:
  /a:
    get:
      parameters:
        - name: q
        - { name: r,
            in: query }
`
const parameters = [{ name: 'q' }, { name: 'r', in: 'query' }]
const json = JSON.stringify({ openapi: '3.0.3', paths: { '/a': { get: { parameters } } } }, null, 2)

test.each([
  ['yaml', yaml, [3, 6, 7, 8, 1]],
  ['json', json, [4, 7, 10, 12, 1]],
])('names the line of each value in %s', async (extension, text, lines) => {
  const file = join(folder, `place.${extension}`)
  await writeFile(file, text)
  const list = '/paths/~1a/get/parameters'
  const found = await locatePointers(file, ['/paths/~1a', `${list}/0`, `${list}/1`, `${list}/1/in/none`, ''])
  expect([...found.values()]).toEqual(lines)
})
