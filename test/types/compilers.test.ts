import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installPacked } from '../runtimes/install-packed.ts'

const { resolve } = createRequire(import.meta.url)
const run = promisify(execFile)
const project = await mkdtemp(join(tmpdir(), 'client-types-'))
afterAll(() => rm(project, { recursive: true }))

beforeAll(async () => {
  await installPacked(project, 'client')
  await symlink(dirname(resolve('expect-type/package.json')), join(project, 'node_modules/expect-type'))
  for (const file of ['client.test-d.ts', 'browser.test-d.ts'])
    await copyFile(join(import.meta.dirname, file), join(project, file))
}, 120_000)

const programs: [compiler: string, resolution: string, file: string][] = [
  ['typescript-5.4', 'nodenext', 'client.test-d.ts'],
  ['typescript-5.9', 'nodenext', 'client.test-d.ts'],
  ['typescript-6', 'nodenext', 'client.test-d.ts'],
  ['typescript', 'nodenext', 'client.test-d.ts'],
  ['typescript-5.4', 'bundler', 'browser.test-d.ts'],
  ['typescript', 'bundler', 'browser.test-d.ts'],
]

test.each(programs)(
  'the packed types are right for %s with resolution %s',
  async (compiler, moduleResolution, file) => {
    const folder = await mkdtemp(join(project, 'check-'))
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipDefaultLibCheck: true,
      target: 'es2022',
      module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
      moduleResolution,
      lib: ['es2022', 'dom', 'dom.iterable', 'esnext.disposable'],
      types: [],
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [`../${file}`] }))
    const { stdout } = await run(process.execPath, [
      join(dirname(resolve(`${compiler}/package.json`)), 'bin/tsc'),
      '-p',
      folder,
    ]).catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  },
  60_000,
)
