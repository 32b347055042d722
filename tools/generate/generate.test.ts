import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contractFolder, root, specFile } from './outputs.ts'
import { writeFolder } from './write-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generate-'))
  await cp(join(specFile, '..'), join(folder, 'spec'), { recursive: true })
})

afterEach(() => rm(folder, { recursive: true }))

/** Runs `npm run generate` on the copy of spec/ in the test folder. */
function generate(spec = 'spec/openapi.yaml', ...more: string[]) {
  const tool = fileURLToPath(new URL('generate.ts', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [tool, '--spec', spec, '--out', 'out', ...more], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stderr }
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, 'spec', file)
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  await writeFile(path, text.replace(from, to))
}

test.each([
  [
    'YAML that does not parse',
    'openapi.yaml',
    'security: []',
    'security: [',
    /^spec\/openapi\.yaml:\d+:\d+ {2}.+\nNothing was generated\.\n$/,
  ],
  [
    'a description that does not lint',
    'paths/audio-to-text.yaml',
    'operationId: genAudioToText',
    'operationId: gen audio',
    /^spec\/paths\/audio-to-text\.yaml:8:16 {2}.+\(operation-operationId-url-safe\)/,
  ],
  [
    'an example that breaks its schema',
    'examples/audio-to-text/200-false.yaml',
    '  text:',
    '  txt:',
    /^spec\/.+:\d+:\d+ {2}.*text.*\(no-invalid-media-type-examples\)/,
  ],
  [
    'an error status without a body',
    'components/responses/BadRequest.yaml',
    'content:',
    'x-content:',
    /BadRequest\.yaml:1:1 {2}Every error status .+\(rule\/error-response-has-content\)/,
  ],
  [
    'a reference to a file that is not there',
    'components/responses/Transcript.yaml',
    'TextResponse',
    'Gone',
    /^spec\/components\/responses\/Transcript\.yaml:5:7 {2}Can't resolve \$ref.+Gone\.yaml.*\nNothing was generated\.\n$/,
  ],
  [
    'a schema that Dredd cannot check',
    'components/schemas/Chunk.yaml',
    'type: object',
    'type: object\nunevaluatedProperties: false',
    /^genAudioToText 200 application\/json: the schema keyword 'unevaluatedProperties'/,
  ],
])('generate stops at %s, names the place, and keeps the old files', async (_, file, from, to, message) => {
  await writeFolder(join(folder, 'out'), new Map([['kept.txt', 'kept']]))
  await edit(file, from, to)
  const { status, stderr } = generate(undefined, '--strict')
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/^ +at /m)
  expect(status).toBe(1)
  expect(await readdir(folder)).toEqual(['out', 'spec'])
  expect(await readdir(join(folder, 'out'))).toEqual(['kept.txt'])
})

/** A valid description in the style of many frameworks, which is not that of this repository. */
const foreign = `
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets/{id}/:
    get:
      responses:
        '200':
          description: A pet.
          content:
            application/json: { schema: { $ref: '#/paths/~1pets~1{id}~1/put/requestBody/content/application~1json/schema' } }
    put:
      requestBody:
        content:
          application/json: { schema: { $ref: '#/components/schemas/Pet' }, example: { $ref: '#/data' } }
      responses: { default: { description: Done. } }
components:
  schemas:
    Pet:
      type: object
      properties:
        age: { type: integer, minimum: 0, exclusiveMinimum: true, nullable: true }
        mother: { $ref: '#/components/schemas/Pet' }
`

test('generate accepts a valid description of any style, and refuses an invalid one', async () => {
  await writeFile(join(folder, 'pets.yaml'), foreign)
  expect(generate('pets.yaml')).toEqual({ status: 0, stderr: '' })
  const schemas = await readFile(join(folder, 'out/schemas.ts'), 'utf8')
  expect(schemas).toContain('"exclusiveMinimum": 0')
  expect(generate('pets.yaml', '--strict').stderr).toMatch(/\(no-unresolved-refs\)/)
  await writeFile(join(folder, 'pets.yaml'), foreign.replace('paths:', 'path:'))
  expect(generate('pets.yaml')).toMatchObject({ status: 1, stderr: expect.stringMatching(/^pets\.yaml:.+\(struct\)/) })
})

test('generate says in one line that the overlays belong to another description', async () => {
  await writeFile(join(folder, 'spec/openapi.yaml'), foreign)
  const message =
    /^spec\/openapi\.yaml {2}The overlays beside it belong to another description.+\nNothing was generated\.\n$/
  expect(generate()).toEqual({ status: 1, stderr: expect.stringMatching(message) })
})

test('generate replaces the folder as a whole', async () => {
  await writeFolder(join(folder, 'out'), new Map([['left-over.txt', '']]))
  expect(generate()).toEqual({ status: 0, stderr: '' })
  expect(await readdir(join(folder, 'out'))).toEqual(
    [...(await readdir(join(root, contractFolder))), 'deviations.md'].toSorted(),
  )
})

test('writeFolder() keeps the old folder if a file cannot be written', async () => {
  const out = join(folder, 'out')
  await writeFolder(out, new Map([['kept.txt', 'kept']]))
  await expect(
    writeFolder(
      out,
      new Map([
        ['new.txt', ''],
        ['new.txt/of-a-file.txt', ''],
      ]),
    ),
  ).rejects.toThrow('new.txt')
  expect(await readdir(folder)).toEqual(['out', 'spec'])
  expect(await readdir(out)).toEqual(['kept.txt'])
})
