import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const clip = join(root, 'packages/conformance/fixtures/speech/austen-0930.mp3')

interface Manifest {
  exports: unknown
  publishConfig: { exports: unknown }
  dependencies?: Record<string, string>
}

let project: string

/** Puts a package into the project as it is published: compiled, with its published exports, and its dependencies beside it. */
async function install(name: string): Promise<void> {
  const source = join(root, 'packages', name)
  const target = join(project, 'node_modules/@livepeer-ai', name)
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as Manifest
  await mkdir(target, { recursive: true })
  await cp(join(source, 'dist'), join(target, 'dist'), { recursive: true })
  await writeFile(
    join(target, 'package.json'),
    JSON.stringify({ ...manifest, exports: manifest.publishConfig.exports }),
  )
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    if (dependency.startsWith('@livepeer-ai/')) continue
    const link = join(project, 'node_modules', dependency)
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(source, 'node_modules', dependency), link)
  }
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'compiled-'))
  await run(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'packages/gateway/tsconfig.build.json'],
    {
      cwd: root,
    },
  )
  for (const name of ['openapi', 'server', 'model', 'gateway']) await install(name)
  await symlink(
    join(root, 'packages/model/node_modules'),
    join(project, 'node_modules/@livepeer-ai/model/node_modules'),
  )
  await writeFile(
    join(project, 'transcribe.mjs'),
    `import { readFile } from 'node:fs/promises'
     import { WorkerTranscriber } from '@livepeer-ai/gateway'
     const transcriber = new WorkerTranscriber()
     const { text } = await transcriber.transcribe({ bytes: await readFile(process.argv[2]) }, { words: true })
     await transcriber.close()
     console.log(text)`,
  )
})

afterAll(() => rm(project, { recursive: true, force: true }))

test.for(['20', '22'])('the compiled gateway transcribes on Node %s', { timeout: 120_000 }, async (version) => {
  const node = join(root, 'test/node_modules', `node-${version}`, 'bin/node')
  expect((await run(node, ['--version'])).stdout).toMatch(new RegExp(`^v${version}\\.`))
  const { stdout, stderr } = await run(node, ['transcribe.mjs', clip], { cwd: project })
  expect(stdout).toMatch(/made amiable himself/)
  expect(stderr).toBe('')
})
