import { execFile, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from './index.ts'

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')))

/** Writes the example whose first line names its file into a folder that can import the package. */
async function writeExample(name: string): Promise<{ folder: string; file: string }> {
  const reports = join(import.meta.dirname, '../reports')
  await mkdir(reports, { recursive: true })
  const folder = await mkdtemp(join(reports, 'readme-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const text = readme.split('```').find((block) => block.split('\n')[1]?.endsWith(` ${name}`)) ?? ''
  const file = join(folder, name)
  await writeFile(file, text.slice(text.indexOf('\n') + 1))
  return { folder, file }
}

test('runs the example for Vitest', async () => {
  const { folder } = await writeExample('transcribe.test.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, 'run', '--root', folder], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout).toMatch(/Tests +1 passed/)
})

test('runs the example for the test runner of Node', async () => {
  const { file } = await writeExample('transcribe.test.mjs')
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', file], { env })
  expect(stdout).toContain('# pass 1')
})

const hasRequests = spawnSync('python3', ['-c', 'import requests']).status === 0

test.skipIf(!hasRequests)('runs the example for Python', async () => {
  const { file } = await writeExample('transcribe.py')
  await using mock = await startMock({ port: 0 })
  await writeFile(file, (await readFile(file, 'utf8')).replace('http://127.0.0.1:4010', mock.url))
  await promisify(execFile)('python3', [file])
  expect(mock.calls).toMatchObject([{ status: 503 }])
})

test('useMock() throws when it is used before the tests', async () => {
  const { useMock } = await import('./vitest.ts')
  const mock = useMock()
  expect(() => mock.url).toThrow('inside of a test or a hook')
})
