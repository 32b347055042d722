import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock, type MockEvent } from '../index.ts'
import { locateProblems } from './locate-problems.ts'
import { readSpec } from './read-spec.ts'

const files: Record<string, string> = {
  'api/openapi.yaml': `
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    $ref: paths/pets.yaml
  /secret:
    get:
      responses:
        '200': { $ref: ../secret.yaml }
components:
  schemas:
    Id: { type: integer, example: 7 }
  examples:
    data: { value: { $ref: nowhere.yaml } }
`,
  'api/paths/pets.yaml': `
get:
  responses:
    '200':
      description: Pets.
      content:
        application/json:
          schema: { type: array, minItems: 1, items: { $ref: '../schemas/pet.json#/$defs/Pet' } }
    default: { $ref: missing.yaml }
`,
  'api/schemas/pet.json': JSON.stringify({
    $defs: {
      Pet: {
        type: 'object',
        required: ['id', 'mother'],
        properties: { id: { $ref: '../openapi.yaml#/components/schemas/Id' }, mother: { $ref: '#/$defs/Name' } },
      },
      Name: { type: 'string', enum: ['Minka'] },
    },
  }),
  'secret.yaml': 'description: secret',
  'cycle.yaml': 'openapi: 3.0.0\npaths: &p\n  /a: *p\n',
  'list.yaml': '- 1',
  'broken.yaml': 'openapi: 3.0.0\n\tpaths: {}',
  'swagger.yaml': `
swagger: '2.0'
info: { title: Old, version: '1' }
basePath: /v2
consumes: [application/json]
produces: [application/json]
securityDefinitions: { basic: { type: basic } }
paths:
  /pets/{id}:
    post:
      security: [{ basic: [] }]
      parameters:
        - { name: id, in: path, required: true, type: integer }
        - { name: tags, in: query, type: array, items: { type: string }, collectionFormat: multi }
        - { name: pet, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }
      responses:
        200: { description: Ok, schema: { $ref: '#/definitions/Pet' }, examples: { application/json: { name: Tom } } }
  /upload:
    post:
      consumes: [multipart/form-data]
      parameters:
        - { name: file, in: formData, required: true, type: file }
        - { name: count, in: formData, type: integer }
        - { name: note, in: formData, type: string, allowEmptyValue: false }
      responses:
        200: { description: Ok }
definitions:
  Pet: { type: object, required: [name], properties: { name: { type: string } } }
`,
}

let folder: string
const web = createServer((incoming, outgoing) => {
  const text = files[(incoming.url ?? '').slice(1)]
  outgoing.writeHead(text === undefined ? 404 : 200).end(text)
})
let url: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spec-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  await new Promise<void>((resolve) => void web.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  web.close()
})

test.each(['folder', 'url'])('serves a description of several documents from a %s', async (kind) => {
  const events: MockEvent[] = []
  const root = kind === 'url' ? url : folder
  const description = await readSpec(`${root}/api/openapi.yaml`)
  await using mock = await startMock({ port: 0, description, onEvent: (event) => events.push(event) })
  expect(await (await fetch(`${mock.url}/pets`)).json()).toEqual([{ id: 7, mother: 'Minka' }])
  // Another folder is not read, but another path of the same server is.
  const unread = events.flatMap((event) => (event.type === 'problem' ? [event.message] : []))
  const missing = "'missing.yaml' is in another document, which is missing or not read"
  const secret = "'../secret.yaml' is in another document, which is missing or not read"
  expect(unread.toSorted()).toEqual(kind === 'url' ? [missing] : [secret, missing])
})

test('names the file, the line and the pointer of a fault in another document', async () => {
  const main = join(folder, 'api/openapi.yaml')
  const logged: unknown[] = []
  const onEvent = locateProblems(main, (event) => logged.push(event))
  await using mock = await startMock({ port: 0, description: await readSpec(main), onEvent })
  expect((await fetch(`${mock.url}/pets`)).status).toBe(200)
  await expect
    .poll(() => logged)
    .toContainEqual(
      expect.objectContaining({
        file: join(folder, 'api/paths/pets.yaml'),
        line: 9,
        pointer: '/get/responses/default',
      }),
    )
})

test('serves Swagger 2.0', async () => {
  await using mock = await startMock({ port: 0, description: await readSpec(join(folder, 'swagger.yaml')) })
  const post = async (path: string, body: BodyInit, headers: Record<string, string> = {}) => {
    const response = await fetch(mock.url + path, { method: 'POST', body, headers })
    return [response.status, await response.text()]
  }
  const json = { 'content-type': 'application/json' }
  const known = { ...json, authorization: 'Basic eDp4' }
  expect(await post('/v2/pets/1?tags=a&tags=b', '{"name":"x"}', known)).toEqual([200, '{"name":"Tom"}'])
  expect((await post('/v2/pets/1', '{"name":"x"}', json))[0]).toBe(401)
  expect((await post('/v2/pets/x', '{"name":"x"}', known))[0]).toBe(422)
  expect((await post('/v2/pets/1', '{}', known))[0]).toBe(422)
  const form = new FormData()
  form.set('file', new File(['x'], 'a'))
  form.set('count', '2')
  expect((await post('/v2/upload', form))[0]).toBe(200)
  form.set('note', '')
  expect((await post('/v2/upload', form))[0]).toBe(422)
  form.delete('note')
  form.set('count', 'x')
  expect((await post('/v2/upload', form))[0]).toBe(422)
})

test.each([
  ['cycle.yaml', 'the alias at /paths//a contains itself'],
  ['list.yaml', 'not an OpenAPI 3 description with paths, nor Swagger 2.0'],
  ['broken.yaml', expect.stringContaining('')],
  ['nowhere.yaml', 'there is no such file'],
  ['api', 'this is a folder'],
])('names the fault of %s in one line', async (name, reason) => {
  const source = join(folder, name)
  const message = await readSpec(source).then(
    () => '',
    (error: Error) => error.message,
  )
  expect(message).toMatch(/^--spec [^\n]+$/)
  expect(message.slice(`--spec ${source}: `.length)).toEqual(reason)
})

test('names the status of a URL that cannot be read', async () => {
  await expect(readSpec(`${url}/nope`)).rejects.toThrow(`--spec ${url}/nope: the server answers 404`)
})
