import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { installPacked } from './install-packed.ts'
import { processes } from './processes.ts'

// Packages are packed and installed, which takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

const project = await mkdtemp(join(tmpdir(), 'mock-packed-'))
const cli = 'node_modules/@livepeer-ai/mock/dist/bin.js'
const foreign = fileURLToPath(new URL('../foreign/openapi.yaml', import.meta.url))
const nodes = Object.entries(processes).filter(([name]) => name.startsWith('Node'))
const headers = { authorization: 'Bearer x' }

beforeAll(() => installPacked(project, 'mock'))
afterAll(() => rm(project, { recursive: true }))

/** Starts the installed CLI and resolves to its URL. */
async function start(command: readonly string[], ...args: string[]) {
  const [program = '', ...more] = command
  const child = spawn(program, [...more, cli, '--port', '0', '--log', 'json', ...args], { cwd: project })
  const ended = once(child, 'close')
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  const { url } = JSON.parse(value ?? '{"url":""}') as { url: string }
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      expect(await ended).toEqual([0, null])
    },
  }
}

const upload = (url: string, prefer = '', type = 'audio/wav') => {
  const body = new FormData()
  body.append('audio', new File([new Uint8Array(1_000_000)], 'a.wav', { type }))
  return fetch(`${url}/audio-to-text`, { method: 'POST', headers: { ...headers, prefer }, body })
}

test.each(nodes)('the packed mock serves its contract on %s', async (_, command) => {
  await using mock = await start(command)
  const examples = await upload(mock.url)
  expect([examples.status, await examples.json()]).toEqual([
    200,
    expect.objectContaining({ chunks: expect.any(Array) }),
  ])
  expect((await upload(mock.url, 'code=500')).status).toBe(500)
  expect(await (await upload(mock.url, 'dynamic=true, seed=1')).json()).toMatchObject({ text: expect.any(String) })
  // Prism's generator is loaded on this first use.
  expect(await (await upload(mock.url, 'dynamic=true, seed=1, code=400')).json()).toMatchObject({
    detail: expect.anything(),
  })
  const empty = await fetch(`${mock.url}/audio-to-text`, { method: 'POST', headers, body: new FormData() })
  expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Field required')])
})

test.each(nodes)('the packed mock imitates a gateway on %s', async (_, command) => {
  await using mock = await start(command, '--gateway', 'livepeer-studio', '--state', 'rate-limited')
  expect((await upload(mock.url)).status).toBe(429)
})

test.each(nodes)('the packed mock serves a foreign description on %s', async (_, command) => {
  await using mock = await start(command, '--spec', foreign)
  const job = await fetch(`${mock.url}/jobs/job-1`, { headers })
  expect([job.status, await job.json()]).toEqual([200, expect.objectContaining({ id: 'job-1' })])
  const file = await fetch(`${mock.url}/v1/files/file-1/content`, { headers })
  expect(await file.text()).toBe('%PDF-1.7')
  const refused = await fetch(`${mock.url}/jobs`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{',
  })
  expect(refused.status).toBe(422)
})

test('installs at most two packages and 8 MB, with third-party notices', async () => {
  const scope = join(project, 'node_modules/@livepeer-ai')
  expect((await readdir(scope)).toSorted()).toEqual(['mock', 'openapi'])
  expect((await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual([
    '@livepeer-ai',
  ])
  const files = await readdir(scope, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    files
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => (await readFile(join(parentPath, name))).length),
  )
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(8_000_000)
  expect(await readFile(join(scope, 'mock/THIRD_PARTY_NOTICES.md'), 'utf8')).toContain(
    '## @stoplight/prism-http 5.16.0',
  )
})
