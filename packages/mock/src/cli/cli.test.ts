import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { operationTable } from '@livepeer-ai/openapi'
import { expect, onTestFinished, test, vi } from 'vitest'
import { defects } from '../defects/index.ts'
import { startMock } from '../index.ts'

const cli = fileURLToPath(new URL('../bin.ts', import.meta.url))

function run(...args: string[]) {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (output[name] += chunk.toString()))
  return { child, output, ended: once(child, 'close').then(([code]) => code as number) }
}

test('prints its URL when it is ready, and exits with 0 on SIGTERM', async () => {
  const { child, output, ended } = run('--port', '0')
  await once(child.stdout, 'data')
  const ready =
    /^livepeer-ai-mock is listening on (http:\S+) \(.+\)\. Open to pages of any origin, \/__mock to this machine.\n$/
  const [, url] = ready.exec(output.stdout) ?? []
  expect((await fetch(`${url}/audio-to-text`)).status).toBe(405)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(output.stderr).toBe('')
})

test('prints one line and exits with 1 for a ready file that cannot be written', async () => {
  const { output, ended } = run('--port', '0', '--ready-file', '/nowhere/ready')
  expect([await ended, output]).toEqual([
    1,
    { stdout: '', stderr: expect.stringMatching(/^--ready-file \/nowhere\/ready: ENOENT.+\n$/) },
  ])
})

test('prints one line and exits with 1 when the port is in use', async () => {
  await using mock = await startMock({ port: 0 })
  const { port } = new URL(mock.url)
  const { output, ended } = run('--port', port)
  expect([await ended, output.stderr]).toEqual([
    1,
    `Port ${port} on 127.0.0.1 is in use: choose another port, or 0 for any free port\n`,
  ])
})

test.each([
  [['--port', 'x'], "--port: 'x' is not a whole number up to 65535\n"],
  [['--port', '70000'], "--port: '70000' is not a whole number up to 65535\n"],
  [['--state', 'x'], '--state requires --gateway\n'],
  [
    ['--defect', 'any-tokn'],
    "Unknown defect 'any-tokn'. Near: any-token, any-type-406, empty-token-500. All: --defect list\n",
  ],
  [['--gateway', 'x', '--spec', 'y'], expect.stringContaining('use only one of them')],
  [
    ['--gateway', 'livepeer-studo'],
    expect.stringMatching(/^Unknown gateway 'livepeer-studo'\. Did you mean 'livepeer-studio'\?.+\n$/),
  ],
  [['--replay', 'a', '--record', 'b'], '--record and --replay: use only one of them\n'],
  [['--record', 'b'], '--record requires --upstream\n'],
  [['--watch'], '--watch requires --spec with a file\n'],
  [['--log', 'xml'], "--log: 'xml' is not one of text, json\n"],
  [['--cors', 'x'], "--cors: 'x' is not an origin such as https://app.example\n"],
  [['--nope'], "Unknown option '--nope'. See --help.\n"],
])('prints one line and exits with 2 for wrong usage: %j', async (args, message) => {
  const { output, ended } = run(...args)
  expect([await ended, output.stderr]).toEqual([2, message])
})

/** Creates a folder for one test. */
async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'mock-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

const described = (path: string, more = {}) =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: { [path]: { get: { responses: { 200: { description: 'Here.' } }, ...more } } },
  })

/** Returns a function that reads the next line of stdout. */
function lines(child: ReturnType<typeof run>['child']): () => Promise<string> {
  const iterator = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return async () => String((await iterator.next()).value)
}

test('writes the URL to the ready file, and removes the file at the end', async () => {
  const file = join(await folder(), 'ready')
  const { child, ended } = run('--port', '0', '--ready-file', file)
  await lines(child)()
  const url = (await readFile(file, 'utf8')).trim()
  expect((await fetch(`${url}/__mock/calls`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await expect(access(file)).rejects.toThrow('ENOENT')
})

test('ends with the npm that started it, not with the shell between them', async () => {
  const folderOfTest = await folder()
  const [ready, shellGone] = [join(folderOfTest, 'ready'), join(folderOfTest, 'shell-gone')]
  // Behaves like npm with a script that starts its program in the background.
  const script = `${JSON.stringify(process.execPath)} ${cli} --port 0 --ready-file ${ready} & until [ -s ${ready} ]; do sleep 0.1; done`
  const npm = spawn(
    process.execPath,
    [
      '-e',
      `child_process.spawnSync('sh', ['-c', ${JSON.stringify(script)}], { stdio: 'ignore' }); fs.writeFileSync(${JSON.stringify(shellGone)}, ''); setTimeout(() => {}, 60_000)`,
    ],
    { env: { ...process.env, npm_command: 'run-script' }, stdio: 'ignore' },
  )
  await vi.waitFor(() => access(shellGone), 10_000)
  await vi.waitFor(() => access(ready), 10_000)
  const url = (await readFile(ready, 'utf8')).trim()
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect((await fetch(`${url}/__mock/calls`)).status).toBe(200)
  npm.kill('SIGTERM')
  await vi.waitFor(() => expect(access(ready)).rejects.toThrow('ENOENT'), 10_000)
})

test('--log json prints a line for each event', async () => {
  const { child } = run('--port', '0', '--log', 'json')
  const next = lines(child)
  const ready = JSON.parse(await next()) as { url: string }
  expect(ready).toMatchObject({
    type: 'ready',
    operations: operationTable.map(({ method, path }) => `${method} ${path}`),
  })
  await fetch(`${ready.url}/audio-to-text`, { headers: { authorization: 'Bearer a-secret' } })
  const line = await next()
  expect(JSON.parse(line)).toMatchObject({ type: 'call', call: { method: 'GET', path: '/audio-to-text', status: 405 } })
  expect(line).not.toContain('a-secret')
})

test('--watch serves a changed file, and reports and ignores a broken one', async () => {
  const file = join(await folder(), 'openapi.json')
  await writeFile(file, described('/old'))
  const { child } = run('--port', '0', '--spec', file, '--watch')
  const next = lines(child)
  const url = /http:\S+/.exec(await next())?.[0]
  const status = async (path: string) => (await fetch(url + path)).status
  expect([await status('/old'), await status('/new')]).toEqual([200, 404])

  await writeFile(file, described('/new'))
  expect(await next()).toBe(`${file} has changed and is served (GET /new)`)
  expect([await status('/old'), await status('/new')]).toEqual([404, 200])

  await writeFile(file, '{ "openapi": ')
  expect(await next()).toContain(`${file} has changed but cannot be served; the last good version stays.`)
  await writeFile(file, described('/new', { requestBody: { $ref: '#/components/requestBodies/None' } }))
  expect(await next()).toContain('is served (GET /new)')
  expect(await next()).toMatch(/openapi\.json:\d+: #\/components.+ refers to nothing/)
  expect([await status('/old'), await status('/new')]).toEqual([404, 200])
})

test('--replay answers with the recordings of --record', async () => {
  const directory = join(await folder(), 'recordings')
  await using gateway = await startMock({ port: 0 })
  const recorder = run('--port', '0', '--record', directory, '--upstream', gateway.url)
  const next = lines(recorder.child)
  const post = async (line: string) => {
    const body = new FormData()
    body.append('audio', new File(['RIFF'], 'a.wav'))
    const init = { method: 'POST', headers: { authorization: 'Bearer x' }, body }
    return (await fetch(`${/http:\S+/.exec(line)?.[0]}/audio-to-text`, init)).json()
  }
  const first = await post(await next())
  expect(await next()).toMatch(/^POST \/audio-to-text 200 in \d+ ms, as documented \(.+\.har\)$/)
  recorder.child.kill('SIGTERM')
  expect(await recorder.ended).toBe(0)
  const replay = run('--port', '0', '--replay', directory)
  expect(await post(await lines(replay.child)())).toEqual(first)
})

test('--defect list prints one line for each defect', async () => {
  const { output, ended } = run('--defect', 'list')
  expect(await ended).toBe(0)
  expect(output.stdout.trim().split('\n').length).toBe(defects.length)
  expect(output.stdout).toMatch(/^auth +any-token +Any token is served\. \(AU-02\)$/m)
})

test('--version prints the versions of the mock and of Prism', async () => {
  const { output, ended } = run('--version')
  expect([await ended, output.stdout]).toEqual([
    0,
    expect.stringMatching(/^@livepeer-ai\/mock \d+\.\d+\.\d+, @stoplight\/prism-http 5\.16\.0\n$/),
  ])
})

test.each([
  ['does not exist', undefined, 'there is no such file'],
  ['is not YAML', 'a:\n  b: ]', 'openapi.yaml:2:6: '],
  ['is not JSON', '{\n"a":', 'openapi.yaml:2:5: '],
  ['is Swagger 2.0', 'swagger: "2.0"', 'not an OpenAPI 3 description with paths'],
])('prints one line and exits with 1 for a --spec that %s', async (_, content, message) => {
  const file = join(await folder(), 'openapi.yaml')
  if (content !== undefined) await writeFile(file, content)
  const { output, ended } = run('--port', '0', '--spec', file)
  expect(await ended).toBe(1)
  expect(output.stderr).toContain(message)
  expect(output.stderr.trim().split('\n')).toHaveLength(1)
})
