import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { createGateway, WorkerTranscriber } from '@livepeer-ai/gateway'
import { startMock } from '@livepeer-ai/mock'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { packPackages, type Packed } from '../../tools/package/pack-packages.ts'
import { loadStubTranscriber } from '../mutants/stub-transcriber.ts'
import { processes } from '../runtimes/processes.ts'
import { aboutClone, examplesOf, freePort, putRecordings, runExample, spoken, type Example } from './examples.ts'
import { install, managers } from './managers.ts'

// Packages are packed and installed three times, which takes long on a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 })

const startGateway = () =>
  createGateway({ transcriber: new WorkerTranscriber(), tokens: ['good'] }).listen({ port: 0, host: '127.0.0.1' })

interface Expected {
  prints: RegExp
  needs?: () => Promise<AsyncDisposable & { url: string }>
}

/** Starts a gateway whose transcripts come from a table, which takes less time. */
const startStub = async () =>
  createGateway({ transcriber: await loadStubTranscriber(), tokens: ['good'] }).listen({ port: 0, host: '127.0.0.1' })

/** The output of the first example of each README, and the server that it needs. */
const examples: Record<string, Expected> = {
  '@livepeer-ai/client': { prints: /^\S.*\n$/, needs: () => startMock({ port: 0, token: 'good' }) },
  '@livepeer-ai/conformance': { prints: /Report: .*report\.html/, needs: startStub },
  '@livepeer-ai/gateway': { prints: spoken },
  '@livepeer-ai/mock': { prints: /"text"/ },
  '@livepeer-ai/model': { prints: /^\d+ bytes\n$/ },
  '@livepeer-ai/openapi': { prints: /^$/ },
  '@livepeer-ai/server': { prints: /^http:/ },
}

/** The examples of the guides and of the root README, in order. */
const pages: Record<string, Expected[]> = {
  'docs/from-livepeer-ai.md': [examples['@livepeer-ai/client']!],
  'docs/from-prism.md': [examples['@livepeer-ai/mock']!],
  'docs/drift.md': [{ prints: /^0 findings, 0 new, 0 gone\n$/ }],
  'docs/from-dredd.md': [examples['@livepeer-ai/conformance']!],
  'README.md': [
    { prints: spoken },
    { prints: spoken, needs: startGateway },
    examples['@livepeer-ai/mock']!,
    examples['@livepeer-ai/conformance']!,
  ],
}

const root = resolve(import.meta.dirname, '../..')
const folder = await mkdtemp(join(tmpdir(), 'install-'))
let packed: Packed[]
beforeAll(async () => {
  packed = await packPackages()
})
afterAll(() => rm(folder, { recursive: true }))

/**
 * Only ports are changed: the example's own port must be free, and the expected server has another
 * one.
 */
async function runAsItStands(project: string, { language, code }: Example, needs: Expected['needs']): Promise<string> {
  await using server = await needs?.()
  const port = server ? new URL(server.url).port : String(await freePort())
  const here = code.replaceAll(/\b(4010|8000)\b/g, port)
  return await runExample(project, { language, code: here }, server && { LIVEPEER_AI_TOKEN: 'good' })
}

const readmeOf = (one: Packed) => readFile(join(one.folder, 'README.md'), 'utf8')

test('every published package has an example', () => {
  expect(packed.map(({ name }) => name)).toEqual(Object.keys(examples))
})

describe.each(Object.keys(managers))('installed with %s on Node 20', (manager) => {
  const project = join(folder, manager)
  beforeAll(async () => {
    await install(manager, project, packed)
    await putRecordings(project)
  })

  test.each(Object.entries(examples))('the first example of %s runs unchanged', async (name, { prints, needs }) => {
    const [example] = examplesOf(await readmeOf(packed.find((one) => one.name === name)!))
    expect(await runAsItStands(project, example!, needs)).toMatch(prints)
  })

  test('the examples in TypeScript are right by the types that are installed', async () => {
    const files: string[] = []
    for (const one of packed) {
      const { language, code } = examplesOf(await readmeOf(one))[0]!
      if (language !== 'ts') continue
      files.push(`${basename(one.folder)}.mts`)
      await writeFile(join(project, files.at(-1)!), code)
    }
    expect(files.length).toBeGreaterThan(2)
    await symlink(join(root, 'node_modules/@types'), join(project, 'types')).catch(() => {})
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'esnext']
    const args = [join(root, 'node_modules/typescript/bin/tsc'), ...options, '--typeRoots', 'types', '--types', 'node']
    const { stdout } = await promisify(execFile)(process.execPath, [...args, ...files], { cwd: project }).catch(
      (error: { stdout: string }) => error,
    )
    expect(stdout).toBe('')
  })
})

test.each(['Node 20', 'Node 22'])('the gateway transcribes on %s without other output', async (name) => {
  const program = `import { readFile } from 'node:fs/promises'
    import { WorkerTranscriber } from '@livepeer-ai/gateway'
    const transcriber = new WorkerTranscriber()
    const { text } = await transcriber.transcribe({ bytes: await readFile('speech.mp3') }, { words: true })
    await transcriber.close()
    console.log(text)`
  const cwd = join(folder, 'npm')
  await writeFile(join(cwd, 'transcribe.mjs'), program)
  const { stdout, stderr } = await promisify(execFile)(processes[name]![0], ['transcribe.mjs'], { cwd })
  expect(stdout).toMatch(spoken)
  expect(stderr).toBe('')
})

test.each(Object.entries(pages))('the examples of %s run unchanged', async (name, expected) => {
  const page = (await readFile(join(root, name), 'utf8')).replace(aboutClone, '')
  const blocks = examplesOf(page)
  expect(blocks).toHaveLength(expected.length)
  for (const [index, { prints, needs }] of expected.entries()) {
    expect(await runAsItStands(join(folder, 'npm'), blocks[index]!, needs)).toMatch(prints)
  }
})
