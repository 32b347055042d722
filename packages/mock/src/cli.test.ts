import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { drifts } from './drift/index.ts'
import { startMock } from './index.ts'

const cli = fileURLToPath(new URL('cli.ts', import.meta.url))

function run(...args: string[]) {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (output[name] += chunk.toString()))
  return { child, output, ended: once(child, 'close').then(([code]) => code as number) }
}

test('it says when and where it is ready, serves, and ends with 0 on SIGTERM', async () => {
  const { child, output, ended } = run('--port', '0')
  await once(child.stdout, 'data')
  const [, url] = /^livepeer-ai-mock is listening on (http:\S+) \(POST \/audio-to-text\)\n$/.exec(output.stdout) ?? []
  expect((await fetch(`${url}/audio-to-text`)).status).toBe(405)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(output.stderr).toBe('')
})

test('a port in use is one line and exit code 1', async () => {
  await using mock = await startMock({ port: 0 })
  const { port } = new URL(mock.url)
  const { output, ended } = run('--port', port)
  expect([await ended, output.stderr]).toEqual([
    1,
    `Port ${port} on 127.0.0.1 is in use: choose another port, or 0 for any that is free\n`,
  ])
})

test.each([
  [['--port', 'x'], "--port: 'x' is not a whole number up to 65535\n"],
  [['--port', '70000'], "--port: '70000' is not a whole number up to 65535\n"],
  [['--state', 'x'], '--state: of which --gateway?\n'],
  [
    ['--drift', 'any-tokn'],
    "Unknown drift 'any-tokn'. Near: any-token, any-type-406, empty-token-500. All: --drift list\n",
  ],
  [['--gateway', 'x', '--spec', 'y'], expect.stringContaining('only one of them')],
  [
    ['--gateway', 'livepeer-studo'],
    expect.stringMatching(/^Unknown gateway 'livepeer-studo'\. Did you mean 'livepeer-studio'\?.+\n$/),
  ],
  [['--nope'], "Unknown option '--nope'. See --help.\n"],
])('wrong usage %j is one line and exit code 2', async (args, message) => {
  const { output, ended } = run(...args)
  expect([await ended, output.stderr]).toEqual([2, message])
})

test.each([
  ['a description that does not parse', 'a: [', /^--spec .+sample\.yaml: .+\n$/],
  ['something else', 'swagger: "2.0"', /^--spec .+sample\.yaml: not an OpenAPI 3\.0 or 3\.1 description with paths\n$/],
])('%s is one line and exit code 1', async (_, content, message) => {
  const folder = await mkdtemp(join(tmpdir(), 'mock-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'sample.yaml'), content)
  const { output, ended } = run('--spec', join(folder, 'sample.yaml'))
  expect(await ended).toBe(1)
  expect(output.stderr).toMatch(message)
})

test('--drift list prints the defects, a line for each', async () => {
  const { output, ended } = run('--drift', 'list')
  expect(await ended).toBe(0)
  expect(output.stdout.trim().split('\n').length).toBe(drifts.length)
  expect(output.stdout).toMatch(/^auth +any-token +Any token is served\. \(AU-02\)$/m)
})

test('--version names both versions', async () => {
  const { output, ended } = run('--version')
  expect([await ended, output.stdout]).toEqual([
    0,
    expect.stringMatching(/^@livepeer-ai\/mock \d+\.\d+\.\d+, @stoplight\/prism-http 5\.16\.0\n$/),
  ])
})
