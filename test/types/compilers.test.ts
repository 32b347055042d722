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
}, 120_000)

const programs: [compiler: string, resolution: string, file: string][] = [
  ['typescript-5.4', 'node10', 'client.test-d.ts'],
  ['typescript-6', 'node16', 'client.test-d.ts'],

  ['typescript-5.4', 'nodenext', 'client.test-d.ts'],
  ['typescript-5.9', 'nodenext', 'client.test-d.ts'],
  ['typescript-6', 'nodenext', 'client.test-d.ts'],
  ['typescript', 'nodenext', 'client.test-d.ts'],
  ['typescript-5.4', 'bundler', 'browser.test-d.ts'],
  ['typescript', 'bundler', 'browser.test-d.ts'],
]

/** The value of `module` that goes with a resolution of another name. */
const modules: Record<string, string> = { bundler: 'esnext', node10: 'commonjs' }

test.each(programs)(
  'the packed types are right for %s with resolution %s',
  async (compiler, moduleResolution, file) => {
    const folder = await mkdtemp(join(project, 'check-'))
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipDefaultLibCheck: true,
      target: 'es2022',
      module: modules[moduleResolution] ?? moduleResolution,
      moduleResolution,
      lib: ['es2022', 'dom', 'dom.iterable', 'esnext.disposable'],
      types: [],
    }
    // The older resolutions are those of CommonJS projects.
    const type = moduleResolution.startsWith('node1') ? 'commonjs' : 'module'
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type }))
    await copyFile(join(import.meta.dirname, file), join(folder, file))
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
    const { stdout } = await run(process.execPath, [
      join(dirname(resolve(`${compiler}/package.json`)), 'bin/tsc'),
      '-p',
      folder,
    ]).catch((error: { stdout: string }) => error)
    // CommonJS has no top-level await.
    expect(stdout.replaceAll(/.*error TS(1309|1378): .*\n/g, '')).toBe('')
  },
  60_000,
)
