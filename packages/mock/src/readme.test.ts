import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')))

/** The example whose first line names its file, in a folder from which the package is found. */
async function example(name: string): Promise<{ folder: string; file: string }> {
  const reports = join(import.meta.dirname, '../reports')
  await mkdir(reports, { recursive: true })
  const folder = await mkdtemp(join(reports, 'readme-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const text = readme.split('```').find((block) => block.includes(`// ${name}\n`)) ?? ''
  const file = join(folder, name)
  await writeFile(file, text.slice(text.indexOf('\n') + 1))
  return { folder, file }
}

test('the example for Vitest passes as it stands', async () => {
  const { folder } = await example('transcribe.test.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, 'run', '--root', folder], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout).toMatch(/Tests +1 passed/)
})

test("the example for Node's test runner passes as it stands", async () => {
  const { file } = await example('transcribe.test.mjs')
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', file], { env })
  expect(stdout).toContain('# pass 1')
})

test('a mock of useMock() cannot be used before the tests', async () => {
  const { useMock } = await import('./vitest.ts')
  const mock = useMock()
  expect(() => mock.url).toThrow('inside of a test or a hook')
})
