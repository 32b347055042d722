import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { runSuite } from '@livepeer-ai/conformance'
import { startMock, type Mock } from '@livepeer-ai/mock'
import {
  findOperationObject,
  listFormParts,
  listOperations,
  resolveReference,
  type OpenAPI,
} from '@livepeer-ai/openapi'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { artifacts } from '../../tools/generate/artifacts.ts'
import { clientFiles } from '../../tools/generate/client/client-files.ts'
import { contractFolder, root } from '../../tools/generate/outputs.ts'
import { contentOfFiles } from '../../tools/generate/page/content-of-files.ts'
import { writeFolder } from '../../tools/generate/write-folder.ts'

/** The module `calls.ts`, with the client of the second contract. */
interface Calls {
  createClient: (options: { baseUrl: string; token: string }) => {
    POST: (path: string, init: object) => Promise<{ data?: unknown }>
  }
  calls: Record<string, (client: object) => Promise<unknown>>
}

const token = 'a-secret-token'
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

let folder: string
let description: OpenAPI
let module: Calls
let mock: Mock

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-contract-'))
  const files = await artifacts(here('openapi.yaml'), { isStrict: false })
  await writeFolder(join(folder, 'generated'), files)
  description = JSON.parse(files.get('openapi.json') ?? '') as OpenAPI
  // The client as `npm run generate` makes it if this contract is in spec/.
  const generated = [
    [contractFolder, files],
    ['packages/client/src/generated', clientFiles(description)],
  ] as const
  const byPath = generated.flatMap(([path, contents]) =>
    [...contents].map(([name, content]) => [join(root, path, name), content] as const),
  )
  const outfile = join(folder, 'calls.mjs')
  const plugins = [contentOfFiles(new Map(byPath))]
  await build({ entryPoints: [here('calls.ts')], outfile, plugins, bundle: true, format: 'esm', platform: 'node' })
  module = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Calls
  mock = await startMock({ port: 0, description, token })
})
afterAll(async () => {
  await mock.close()
  await rm(folder, { recursive: true })
})

test('the typed calls of all operations compile', async () => {
  const shim = `export * from '${join(root, 'packages/openapi/src/index.ts')}'
    export type { components, operations, paths } from './generated/types.ts'`
  await writeFile(join(folder, 'openapi.ts'), shim)
  const config = {
    extends: join(root, 'tsconfig.check.json'),
    compilerOptions: {
      paths: { '@livepeer-ai/openapi': [join(folder, 'openapi.ts')] },
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: [here('calls.ts')],
    exclude: [],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compile = promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder])
  expect(await compile.catch(({ stdout }: { stdout: string }) => ({ stdout }))).toMatchObject({ stdout: '' })
})

test('each call gets the example of the mock', async () => {
  const client = module.createClient({ baseUrl: mock.url, token })
  expect(Object.keys(module.calls)).toEqual(listOperations(description).map(({ operationId }) => operationId))
  const values = Object.entries(module.calls).map(async ([name, call]) => [name, await call(client)])
  expect(Object.fromEntries(await Promise.all(values))).toEqual({
    genTextToImage: ['https://files.example/1.png'],
    genImageToImage: ['https://files.example/1.png'],
    genImageToVideo: ['https://files.example/1.png'],
    genUpscale: ['https://files.example/1.png'],
    genAudioToText: ' Hello.',
    genSegmentAnything2: '[0.9]',
    genLLM: 'Hello.',
    genImageToText: 'A cat.',
    genLiveVideoToVideo: '1',
    genTextToSpeech: 'https://files.example/1.wav',
    health: 'OK',
    hardwareInfo: 'A GPU',
    hardwareStats: 20,
    version: '0.14.1',
    metrics: expect.stringContaining('requests 1'),
  })
})

test('each multipart operation streams its upload', async () => {
  const forms = listOperations(description).filter(({ requestBody }) =>
    requestBody?.mediaTypes.includes('multipart/form-data'),
  )
  expect(forms.length).toBeGreaterThan(4)
  for (const operation of forms) {
    const parts = listFormParts(description, operation)
    const file = parts.has('audio') ? 'audio' : 'image'
    const { responses = {} } = findOperationObject(description, operation) ?? {}
    const { content } = resolveReference(description, responses['200'] ?? { description: '' })
    const { sent, received, ahead } = await upload(operation.path, file, content?.['application/json']?.example)
    expect([operation.path, ahead < 8 * mebibyte, received > sent]).toEqual([operation.path, true, true])
  }
})

const mebibyte = 2 ** 20

/**
 * Uploads a stream to a server that pauses after the first bytes. Returns the bytes of the file,
 * all bytes that the server received, and those that the client read ahead of the server.
 */
async function upload(path: string, file: string, answer: unknown) {
  const size = 32 * mebibyte
  let [sent, received] = [0, 0]
  let start = (_resume: () => void) => {}
  const started = new Promise<() => void>((resolve) => (start = resolve))
  const server = createServer((request, response) => {
    request.on('data', ({ length }: Buffer) => {
      if (received === 0) {
        request.pause()
        start(() => request.resume())
      }
      received += length
    })
    request.on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  async function* stream() {
    while (sent < size) {
      sent += 65_536
      yield new Uint8Array(65_536)
    }
  }
  try {
    const client = module.createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token })
    const body = { prompt: 'a cat', [file]: { stream: stream(), size, name: 'a.bin' } }
    const answered = client.POST(path, { body })
    const resume = await started
    for (let before = -1; before < sent; await setTimeout(50)) before = sent
    const ahead = sent - received
    resume()
    await answered
    return { sent, received, ahead }
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

test('the suite and its contract lane raise no false alarm against the mock', async () => {
  const api = { description, allowWrites: true }
  const secrets = { HTTPBearer: token }
  const report = await runSuite({ url: mock.url, api, secrets, gateway: 'none', profile: 'full', isMock: true })
  const alarms = report.checks.filter(
    ({ verdict }) => !['PASS', 'SKIPPED', 'DISABLED', 'NOT_APPLICABLE'].includes(verdict),
  )
  expect(alarms.map(({ id, operation, findings }) => `${id}@${operation} ${findings[0]?.message}`)).toEqual([])
  expect(report.drift).toEqual([])
  expect([report.conclusion.exitCode, report.contractLane?.verdict]).toEqual([0, 'PASS'])
  const operations = new Set(report.checks.map(({ operation }) => operation))
  expect(operations).toEqual(new Set(Object.keys(module.calls)))
  expect(report.cost.requests).toBeLessThanOrEqual(60 * operations.size)
})
