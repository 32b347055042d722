import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSpec } from './read-spec.ts'
import { toContract } from './to-contract.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spec-'))
})
afterAll(async () => rm(folder, { recursive: true }))

const write = async (name: string, content: unknown): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(content))
  return path
}

const info = { title: 'test', version: '1' }

test('reads a description of several files with schemas of OpenAPI 3.0', async () => {
  await write('schemas.json', {
    Item: {
      type: 'object',
      required: ['id', 'size'],
      properties: {
        id: { type: 'string', readOnly: true },
        size: { type: 'integer', minimum: 0, exclusiveMinimum: true, nullable: true },
        parent: { $ref: '#/Item' },
      },
    },
  })
  const content = { 'application/json': { schema: { $ref: 'schemas.json#/Item' } } }
  const spec = await write('openapi.json', {
    openapi: '3.0.3',
    info,
    paths: {
      '/items': { post: { requestBody: { content }, responses: { 201: { description: 'created', content } } } },
    },
  })
  const { schemas } = toContract(await readSpec(spec))
  const { request, responses } = schemas['POST /items'] ?? { request: {}, responses: {} }
  const text = JSON.stringify([request, responses])
  expect(text).toContain('"size":{"type":["integer","null"],"exclusiveMinimum":0}')
  expect(JSON.stringify(request)).toContain('"required":["size"]')
  expect(JSON.stringify(responses)).toContain('"required":["id","size"]')
})

test.each([
  [{ swagger: '2.0' }, /expected an OpenAPI description of version 3/],
  [{ openapi: '3.1.0', info }, /it has no paths/],
  [{ openapi: '3.1.0', info, paths: { '/': { $ref: 'nowhere.json' } } }, /nowhere.json: no such file/],
])('names what is wrong with %j', async (content, message) => {
  await expect(readSpec(await write('wrong.json', content))).rejects.toThrow(message)
})
