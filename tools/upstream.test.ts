import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { description } from '@livepeer-ai/openapi'
import { describeGateway } from '@livepeer-ai/openapi/gateways'
import { afterAll, beforeAll, expect, test } from 'vitest'

const tool = fileURLToPath(new URL('upstream.ts', import.meta.url))
const inRepository = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

let folder: string
let server: Server
let url: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upstream-'))
  server = createServer(({ url: path }, response) => {
    response.writeHead(path === '/openapi.json' ? 200 : 404).end(JSON.stringify(description))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

async function upstream(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [tool, ...args]).then(
    (output) => ({ code: 0, ...output }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  )
}

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

test('the contract itself breaks nothing', async () => {
  const { code, stdout } = await upstream(inRepository('packages/openapi/src/generated/openapi.yaml'))
  expect([code, stdout]).toEqual([0, 'Nothing to decide: both are equivalent.\n'])
})

test('further operations break nothing', async () => {
  const paths = { ...description.paths, '/health': { get: { responses: {} } }, '/version': { get: { responses: {} } } }
  const { code, stdout } = await upstream(await file('more.json', JSON.stringify({ ...description, paths })))
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Info: no effect on a client \(2\)\n {2}operation-added: GET \/health /)
  expect(stdout).toContain('Not breaking: adopting all 2 is a patch change')
})

test('a breaking gateway gives exit code 1, the most severe difference first, and a major bump', async () => {
  const { code, stdout } = await upstream(await file('go.json', JSON.stringify(await describeGateway('go-livepeer'))))
  expect(code).toBe(1)
  expect(stdout).toMatch(/^Critical: security differs \(1\)\n {2}security-removed: /)
  expect(stdout.indexOf('Breaking: a client')).toBeLessThan(stdout.indexOf('Warning: '))
  expect(stdout).toMatch(
    /Breaking: adopting all \d+ is a major change of @livepeer-ai\/openapi and @livepeer-ai\/client\.\n$/,
  )
})

test('reads a URL', async () => {
  expect(await upstream(`${url}/openapi.json`)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Nothing/) })
})

test.each<[string, () => Promise<string[]>, number, RegExp]>([
  ['no argument', async () => [], 2, /^Name one file or URL/],
  ['an unknown option', async () => ['--what'], 2, /^Unknown option '--what'.*See --help\.\n$/],
  ['a file that is not there', async () => [join(folder, 'nowhere')], 3, /: ENOENT\n$/],
  ['a page that is not there', async () => [`${url}/nowhere`], 3, /: it answers 404\n$/],
  ['a port that nobody listens on', async () => ['http://127.0.0.1:1/'], 3, /^Cannot read http:\/\/127\.0\.0\.1:1\/: /],
  ['Swagger 2', async () => [await file('2.yaml', 'swagger: "2.0"\npaths: {}\n')], 2, /`openapi: 3.…` is missing/],
  [
    'a page of HTML',
    async () => [await file('a.html', '<!doctype html>\n<a b="c: d">')],
    2,
    /not an OpenAPI 3 description/,
  ],
])('reports %s on one line', async (_, args, expected, message) => {
  const { code, stdout, stderr } = await upstream(...(await args()))
  expect([code, stdout]).toEqual([expected, ''])
  expect(stderr).toMatch(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
