import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createEngine } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const cli = fileURLToPath(new URL('cli.ts', import.meta.url))

function run(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', timeout: 20_000 })
  return { status, stderr }
}

test('prints its URL, loads its model, and exits with 0 on SIGTERM', async () => {
  const child = spawn(process.execPath, [cli, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const [, url] = /^livepeer-ai-gateway is listening on (http:\S+) /.exec(line.toString()) ?? []
  expect(line.toString()).toContain('No token is needed: only this machine and its pages are served.')
  await expect.poll(async () => (await fetch(`${url}/health`)).status, { timeout: 90_000 }).toBe(200)
  const elsewhere = { headers: { origin: 'https://page.example' } }
  const refused = await fetch(`${url}/audio-to-text`, { method: 'POST', ...elsewhere })
  expect([refused.status, await refused.text()]).toEqual([
    403,
    expect.stringContaining("Pages of 'https://page.example'"),
  ])
  child.kill('SIGTERM')
  expect(await once(child, 'close')).toEqual([0, null])
}, 100_000)

test('on SIGTERM it finishes running recordings, and accepts no new ones', async () => {
  let finish!: () => void
  const engine = createEngine(({ method }, response) => {
    if (method === 'GET') response.end()
    else finish = () => void response.setHeader('content-type', 'application/json').end('{"text":"finished"}')
  })
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void engine.close())
  const { port } = engine.address() as AddressInfo
  const args = [cli, '--port', '0', '--forward', `http://127.0.0.1:${port}/v1`, '--forward-model', 'm']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const [, url] = /(http:\S+) /.exec(line.toString()) ?? []
  const post = () => {
    const body = new FormData()
    body.append('audio', new File(['RIFF'], 'clip.wav'))
    return fetch(`${url}/audio-to-text`, { method: 'POST', body })
  }
  const running = post()
  await expect.poll(() => finish).toBeDefined()
  child.kill('SIGTERM')
  await expect.poll(async () => (await fetch(`${url}/health`)).text()).toContain('Shutting down')
  expect((await post()).status).toBe(503)
  finish()
  expect(await (await running).json()).toMatchObject({ text: 'finished' })
  expect(await once(child, 'close')).toEqual([0, null])
})

test('a folder without a model is one line and exit code 1', () => {
  const { status, stderr } = run('--port', '0', '--model', import.meta.dirname)
  expect(status).toBe(1)
  expect(stderr).toMatch(/^The model has no \w+: \S+encoder_model\.onnx cannot be read\.\n$/)
})

test('a port in use is one line and exit code 1', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as AddressInfo
  expect(run('--port', String(port))).toEqual({
    status: 1,
    stderr: `Port ${port} on 127.0.0.1 is in use: choose another port, or 0 for any free port\n`,
  })
})

test.each([
  [['--port', 'x'], "--port: 'x' is not a whole number up to 65535\n"],
  [['--forward', 'here', '--forward-model', 'm'], "--forward: 'here' is not an http or https URL\n"],
  [['--forward', 'http://127.0.0.1:1/v1'], '--forward requires --forward-model\n'],
  [['--forward-model', 'm'], '--forward-model requires --forward\n'],
  [['--model', 'base=/nowhere'], "--model: '/nowhere' does not exist\n"],
  [['--model', '/nowhere'], "--model: '/nowhere' does not exist\n"],
  [['--threads', '0'], "--threads: '0' threads recognize nothing\n"],
  [['--nope'], "Unknown option '--nope'. See --help.\n"],
])('wrong usage %j is one line and exit code 2', (args, stderr) => {
  expect(run(...args)).toEqual({ status: 2, stderr })
})
