import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startMock, type Mock } from '@livepeer-ai/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChangingProxy } from './changing-proxy.ts'

const cli = fileURLToPath(new URL('../../packages/conformance/src/cli.ts', import.meta.url))
const token = 'a-secret-token'

let mock: Mock
let folder: string
beforeAll(async () => {
  mock = await startMock({ port: 0, maxBytes: 200_000, token })
  folder = await mkdtemp(join(tmpdir(), 'contract-'))
  await writeFile(join(folder, 'wrong.yaml'), "genAudioToText: { '200': [{ name: a, parts: [b] }] }")
})
afterAll(async () => {
  await mock.close()
  await rm(folder, { recursive: true })
})

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = promisify(execFile)(process.execPath, [cli, ...args], { cwd: folder })
  return child.then(
    (output) => ({ code: 0, ...output }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  )
}

const limits = ['--max-bytes', '200000']

test('exits with 0 for a gateway that answers as documented; no report has the token', async () => {
  const { code, stdout, stderr } = await run(
    'contract',
    '--url',
    mock.url,
    '--token',
    token,
    ...limits,
    '--report',
    'json,xml,html',
    '--out',
    'out',
  )
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/\n\d+ as documented, 0 failed, 0 known, 0 not covered, 0 not provoked, in [\d.]+ s\n/)
  expect(await readdir(join(folder, 'out'))).toEqual(['contract.html', 'contract.json', 'contract.xml'])
  const reports = await Promise.all(
    ['json', 'xml', 'html'].map((format) => readFile(join(folder, `out/contract.${format}`), 'utf8')),
  )
  for (const text of [...reports, stdout]) expect(text).not.toContain(token)
})

test('exits with 1 for another gateway, and names the place and both judges', async () => {
  await using gateway = await startChangingProxy(mock.url, (answer) =>
    answer.status === 422 ? { ...answer, body: '{"detail":[{"loc":"x","msg":"m","type":"t"}]}' } : answer,
  )
  const { code, stdout } = await run('contract', '--url', gateway.url, '--token', token, ...limits)
  expect(code).toBe(1)
  expect(stdout).toContain('body /detail/0/loc: must be array [dredd, ajv]')
})

test('points at the token if every answer is 401', async () => {
  const { code, stdout } = await run('contract', '--url', mock.url, ...limits)
  expect(code).toBe(1)
  expect(stdout).toContain('Every answer was 401: pass the token of this gateway with --token.')
})

test.each([
  [['contract'], 2, /^--url is missing: .+\n$/],
  [['contract', '--url', 'gateway'], 2, /^--url: 'gateway' is not an http or https URL\n$/],
  [
    ['contract', '--url', 'http://127.0.0.1:9', '--max-bytes', '0'],
    2,
    /^--max-bytes: '0' is not a positive whole number\n$/,
  ],
  [
    ['contract', '--url', 'http://127.0.0.1:9', '--report', 'pdf'],
    2,
    /^--report: unknown format 'pdf'\. Known: json, xml, html\.\n$/,
  ],
  [['contract', '--url', 'http://127.0.0.1:9', '--scenarios', 'gone.yaml'], 2, /^gone\.yaml: ENOENT/],
  [
    ['contract', '--url', 'http://127.0.0.1:9', '--scenarios', 'wrong.yaml'],
    2,
    /wrong\.yaml: \/genAudioToText\/200\/0\/parts must be object\n$/,
  ],
  [['contract', '--url', 'http://127.0.0.1:9', '--gateway', 'nope'], 2, /^Unknown gateway 'nope'\./],
  [
    ['contract', '--url', 'http://127.0.0.1:9', '--contract', 'gone'],
    2,
    /^--contract: gone has no generated contract \(.+\)\n$/,
  ],
  [['check'], 2, /^Unknown command 'check'\. The commands are: run, .+\. See --help\.\n$/],
  [['contract', '--nope'], 2, /^Unknown option '--nope'\. See --help\.\n$/],
  [
    ['contract', '--url', 'http://127.0.0.1:9'],
    3,
    /^Cannot reach http:\/\/127\.0\.0\.1:9: ECONNREFUSED\. Is the server running there\?\n$/,
  ],
])('%j exits with %i and one line', async (args, code, message) => {
  const result = await run(...args)
  expect(result.code).toBe(code)
  expect(result.stderr).toMatch(message)
  expect(result.stderr.trimEnd()).not.toContain('\n')
})
