import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Report } from '@livepeer-ai/conformance'
import { startMock, type Mock } from '@livepeer-ai/mock'
import { operationTable } from '@livepeer-ai/openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve } from './serve.ts'

const cli = fileURLToPath(new URL('../../packages/conformance/src/cli.ts', import.meta.url))
const token = 'a-secret-token'

let mock: Mock
let studio: Mock
let folder: string
beforeAll(async () => {
  mock = await startMock({ port: 0, token })
  studio = await startMock({ port: 0, token, gateway: 'livepeer-studio' })
  folder = await mkdtemp(join(tmpdir(), 'conformance-'))
})
afterAll(async () => {
  await Promise.all([mock.close(), studio.close(), rm(folder, { recursive: true })])
})

interface Ended {
  code: number
  stdout: string
  stderr: string
}

const { LIVEPEER_AI_TOKEN: _, ...env } = process.env

/** Runs the command line in a temporary folder, and asserts that its output lacks the token. */
async function run(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = promisify(execFile)(process.execPath, [cli, ...args], { cwd: folder, env: { ...env, ...more } })
  const ended = await child.then(
    (output) => ({ code: 0, ...output }),
    ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
  )
  expect(ended.stdout + ended.stderr).not.toContain(token)
  return ended
}

const at = (gateway: Mock, ...more: string[]) => ['--url', gateway.url, '--token', token, '--out', 'out', ...more]
const quick = ['--only', 'RT-01,MP-01,ME-01', '--lanes', 'catalogue']
const reportIn = async (place: string) => JSON.parse(await readFile(join(folder, place), 'utf8')) as Report

test('exits with 0 for a gateway that conforms; no report has the token', async () => {
  const formats = 'json,html,junit,sarif,ctrf,md,har,badge'
  const { code, stdout, stderr } = await run([...at(mock), ...quick, '--report', formats])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^3 checks of profile core: 3 PASS\n3 requests, 1\.07 s of audio .+\nhttp.+ conforms\.\n/)
  const files = (await readdir(join(folder, 'out'), { withFileTypes: true })).filter((file) => file.isFile())
  expect(files).toHaveLength(8)
  for (const { name } of files) expect(await readFile(join(folder, 'out', name), 'utf8')).not.toContain(token)
})

test('exits with 1 if a MUST fails; the curl line in each report shows the problem', async () => {
  const { code, stdout } = await run([...at(mock, '--report', 'html,md'), '--only', 'MD-10', '--lanes', 'catalogue'])
  expect(code).toBe(1)
  const clients = 'Clients take an error for a success and do not notice'
  expect(stdout).toMatch(
    new RegExp(
      String.raw`FAIL +MD-10 .+\n +${clients}\.\n +saw 200, expected 415 \(3 times\)\n +> POST .+\n +< 200 OK`,
    ),
  )
  expect(stdout).toMatch(/\n +→ Answer 415/)
  const [, printed] = /^ +(curl .+)$/m.exec(stdout) ?? []
  const [, summarized] = /^(curl .+)$/m.exec(await readFile(join(folder, 'out/summary.md'), 'utf8')) ?? []
  const page = await readFile(join(folder, 'out/report.html'), 'utf8')
  expect(page).toContain(summarized?.replaceAll("'", '&#39;').replaceAll('"', '&quot;'))
  for (const [command, cwd] of [[printed, folder] as const, [summarized, join(folder, 'out')] as const]) {
    if (command === undefined) throw new Error('no curl line')
    expect(command).toContain('Bearer $TOKEN')
    const sent = await promisify(execFile)('sh', ['-c', command], { cwd, env: { ...env, TOKEN: token } })
    expect(sent.stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]+"text":/)
  }
  const [recording = ''] = await readdir(join(folder, 'out/report.files'))
  expect(await readFile(join(folder, 'out/report.files', recording), 'utf8')).not.toContain(token)
})

test.concurrent.each([
  [['--url'], /^Option '--url <value>' argument missing\. See --help\.\n$/],
  [['run'], /^--url is missing: .+\n$/],
  [['--url', 'ftp://x'], /^--url: 'ftp:\/\/x' is not an http or https URL\n$/],
  [['--url', 'http://me:secret@x'], /^--url: leave the credentials out of the URL and pass --token\n$/],
  [['--url', 'http://x', '--profile', 'all'], /^--profile: unknown 'all'\. Known: smoke, /],
  [['--url', 'http://x', '--profile', 'core,full'], /^--profile: name only one of smoke, .+\n$/],
  [['--url', 'http://x', '--only', 'XX-01'], /^--only: no check or area has the id 'XX-01'/],
  [['--url', 'http://x', '--gateway', 'nobody'], /nobody/],
  [['--url', 'http://x', '--budget', '1 euro'], /^--budget: '1 euro' is not a limit such as 60s or 0\.01usd\n$/],
  [['--url', 'http://x', '--shard', '3/2'], /^--shard: '3\/2' is not a share such as 1\/4\n$/],
  [['--url', 'http://x', '--fail-on', 'never'], /^--fail-on: unknown 'never'\. Known: should, /],
  [['--url', 'http://x', '--report', 'pdf'], /^--report: unknown format 'pdf'\. Known: json, /],
  [['--url', 'http://x', '--waivers', 'gone.yaml'], /^gone\.yaml: no such file\n$/],
  [['--url', 'http://x', '--baseline', 'gone.json'], /^gone\.json: no such file\n$/],
  [['--har', 'gone.har'], /^gone\.har: no such file\n$/],
  [['explain', 'XX-01'], /^No check has the id 'XX-01'\. The command list shows all checks\.\n$/],
  [['replay'], /^Name a check\. The command list shows all checks\.\n$/],
  [['compare', 'http://x'], /^Name two or more base URLs or report\.json files to compare\.\n$/],
  [['compare', 'http://x', 'http://y', '--token', 'a,b,c'], /^--token: 3 tokens for 2 gateways; .+\n$/],
  [['merge', 'a.json'], /^Name two or more report\.json files to merge\.\n$/],
  [['waivers'], /^waivers: name an action, check or init\.\n$/],
])('exits with 2 and one line for wrong usage: %j', async (args, message) => {
  const { code, stderr } = await run(args)
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
  expect(stderr.trimEnd()).not.toContain('\n')
})

test.concurrent.each<[title: string, listener: RequestListener, message: RegExp]>([
  ['a login page', (_request, response) => response.setHeader('content-type', 'text/html').end('<h1>'), /not there/],
  ['an endless redirect', ({ url }, response) => response.writeHead(302, { location: url! }).end(), /a redirect/],
  ['a server that never answers', () => {}, /no complete response in 1 s/],
  [
    'a flood of headers',
    ({ socket }) => socket.end(`HTTP/1.1 200 OK\r\n${'X-Flood: 0123456789\r\n'.repeat(10_000)}\r\n`),
    /larger than 64 KiB/,
  ],
])('exits with 3 for %s', async (_title, listener, message) => {
  await using server = await serve(listener)
  const { code, stderr } = await run(['--url', server.url, '--timeout', '1'])
  expect([code, stderr]).toEqual([3, expect.stringMatching(message)])
})

test('exits with 3 for a closed port, and for a failed TLS handshake', async () => {
  expect(await run(['--url', 'http://127.0.0.1:9'])).toMatchObject({ code: 3, stderr: /ECONNREFUSED/ })
  const server = createTlsServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { code, stderr } = await run(['--url', `https://127.0.0.1:${(server.address() as AddressInfo).port}`])
  server.close()
  expect([code, stderr]).toEqual([3, expect.stringMatching(/^Cannot reach .+: TLS: .+ Is its certificate/)])
})

const certificate = fileURLToPath(new URL('localhost.pem', import.meta.url))

/** Puts a TLS server in front of the mock. */
async function serveTls(): Promise<AsyncDisposable & { port: number }> {
  const pem = await readFile(certificate)
  const server = createTlsServer({ key: pem, cert: pem }, (socket) => {
    const behind = connect(Number(new URL(mock.url).port), '127.0.0.1')
    socket.pipe(behind).pipe(socket)
    socket.on('error', () => behind.destroy())
    behind.on('error', () => socket.destroy())
  }).listen(0, 'localhost')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

test('exits with 3 for an untrusted certificate and for one of another name, without sending the token', async () => {
  await using server = await serveTls()
  const before = mock.calls.length
  const untrusted = await run(['--url', `https://localhost:${server.port}`, '--token', token])
  const trust = { NODE_EXTRA_CA_CERTS: certificate }
  const another = await run(['--url', `https://127.0.0.1:${server.port}`, '--token', token], trust)
  expect([untrusted.code, untrusted.stderr]).toEqual([3, expect.stringMatching(/TLS: self-signed .+ Is its certif/)])
  expect([another.code, another.stderr]).toEqual([3, expect.stringMatching(/TLS: .+ does not match .+ Is its certif/)])
  expect(mock.calls.length).toBe(before)
})

test('runs both lanes over TLS', async () => {
  await using server = await serveTls()
  const args = [
    '--url',
    `https://localhost:${server.port}`,
    '--token',
    token,
    '--skip',
    'MD-10,SE',
    '--gateway',
    'none',
  ]
  const { code, stdout, stderr } = await run(args, { NODE_EXTRA_CA_CERTS: certificate })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^\d+ checks of profile core: \d+ PASS\nContract lane PASS: \d+ as documented, .+\n/)
})

test.each([
  ['wrong', ['--token', 'another-token'], /does not accept the token \(401\)/],
  ['missing', [], /asks for a token \(401\)\. Pass one with --token, or in LIVEPEER_AI_TOKEN\./],
])('exits with 4 if the token is %s', async (_title, more, message) => {
  const { code, stderr } = await run(['--url', mock.url, ...more])
  expect([code, stderr]).toEqual([4, expect.stringMatching(message)])
})

test('exits with 5 for a gateway that conforms but meets a --fail-on condition', async () => {
  await using cookies = await startMock({ port: 0, token, defects: ['cookie'] })
  const args = [...at(cookies), '--only', 'HD-08,MP-01', '--lanes', 'catalogue']
  expect((await run(args)).code).toBe(0)
  const gated = await run([...args, '--fail-on', 'should,warn'])
  expect(gated.code).toBe(5)
  expect(gated.stdout).toContain('conforms, but does not pass --fail-on warn: HD-08.')
})

test('exits with 6 if the budget stops most checks', async () => {
  const args = [...at(mock), '--only', 'MP,FV', '--skip', 'FV-03', '--budget', '2s', '--lanes', 'catalogue']
  const { code, stdout } = await run(args)
  expect([code, stdout]).toEqual([6, expect.stringContaining('inconclusive: ')])
  expect((await reportIn('out/report.json')).cost.audioSeconds).toBeLessThanOrEqual(2)
})

test('exits with 70 for an internal error', async () => {
  await writeFile(join(folder, 'taken'), '')
  const { code, stderr } = await run([...at(mock), ...quick, '--out', 'taken/reports'])
  expect([code, stderr]).toEqual([70, expect.stringContaining('ENOTDIR')])
})

test('exits with 130 when interrupted, and writes a partial report', async () => {
  let asked = 0
  const interruption = new AbortController()
  await using server = await serve((request, response) => {
    request.resume()
    if (asked++ === 0) response.writeHead(401, { 'content-type': 'application/json' }).end('{"detail":{"msg":"no"}}')
    else interruption.abort()
  })
  const child = execFile(process.execPath, [cli, '--url', server.url, '--out', 'interrupted'], { cwd: folder, env })
  interruption.signal.addEventListener('abort', () => child.kill('SIGINT'))
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(130)
  const { run: told, conclusion } = await reportIn('interrupted/report.json')
  expect([told.complete, conclusion.exitCode]).toEqual([false, 130])
})

test('plan prints the cost of a run with the contract lane, and a run does not exceed it', async () => {
  const { code, stdout } = await run(['plan', '--token', token])
  expect(code).toBe(0)
  expect(stdout).toMatch(/\nDredd +[\d.]+ s +The contract lane \(upper bound\)\n/)
  const [, requests, seconds] = /\n\d+ checks, (\d+) requests, ([\d.]+) s of audio/.exec(stdout)!
  // The contract lane sends a recording of up to 5 s for each status beyond the seven of today.
  const statuses = Object.keys(operationTable[0]?.responses ?? {}).length
  expect(Number(seconds)).toBeLessThanOrEqual(60 + 5 * (statuses - 7))
  await run([...at(mock), '--skip', 'MD-10,SE'])
  const { cost } = await reportIn('out/report.json')
  expect(cost.requests).toBeLessThanOrEqual(Number(requests))
  expect(cost.audioSeconds).toBeLessThanOrEqual(Number(seconds))
})

test('list, explain and replay show a check', async () => {
  expect((await run(['list', '--profile', 'smoke'])).stdout).toMatch(/^RT-01 +MUST +The operation is at its path\n/)
  const explained = (await run(['explain', 'mp-06'])).stdout
  expect(explained).toMatch(/^MP-06 .+\n\nlevel +MUST\nharm +client-breaks\narea +multipart\nsource +RFC 9110/)
  const replayed = await run(['replay', 'ME-01', '--url', mock.url, '--token', token])
  expect(replayed.stdout).toMatch(/^> GET .+\n(> .+\n)+> \n< 405 .+\n/)
  expect(replayed.code).toBe(0)
})

test('compare shows gateways from URLs and reports in the terminal and on a page', async () => {
  await run([...at(mock), ...quick])
  const args = ['compare', 'out/report.json', studio.url, 'http://127.0.0.1:9', '--token', token]
  const { code, stdout, stderr } = await run([
    ...args,
    '--only',
    'RT-01,MP-02',
    '--lanes',
    'catalogue',
    '--out',
    'sides',
  ])
  expect([code, stderr]).toEqual([3, expect.stringMatching(/^Cannot reach http:\/\/127\.0\.0\.1:9/)])
  expect(stdout).toMatch(/^A {2}http.+ conforms\nB {2}http.+ \(Livepeer Studio\)|^A {2}http.+\nB {2}http/)
  expect(stdout).toMatch(/\nMP-02 +not run +(KNOWN|FAIL|WARN)/)
  const page = await readFile(join(folder, 'sides/compare.html'), 'utf8')
  expect(page).toContain('<h1>2 servers compared</h1>')
  expect(page).not.toContain(token)
  expect((await reportIn('sides/B/report.json')).checks).toHaveLength(2)
})

test('drift lists differences, compares with a baseline and writes an overlay that accepts them', async () => {
  const first = await run(['drift', ...at(studio, '--gateway', 'none', '--accept', 'accepted.overlay.yaml')])
  expect(first.code).toBe(1)
  expect(first.stdout).toMatch(/^(critical|breaking) +\S+\n/)
  expect(await readFile(join(folder, 'accepted.overlay.yaml'), 'utf8')).toMatch(/^overlay: 1\.0\.0\n/)
  const again = await run(['drift', ...at(studio, '--gateway', 'none', '--baseline', 'out/report.json')])
  expect(again.code).toBe(0)
  expect(again.stdout).toMatch(/ since \d{4}-\d\d-\d\d\n/)
})

test('merge requires every shard of a run', async () => {
  for (const index of [1, 2]) await run([...at(mock), ...quick, '--shard', `${index}/2`, '--out', `shard-${index}`])
  const { code, stdout } = await run(['merge', 'shard-1/report.json', 'shard-2/report.json', '--out', 'merged'])
  expect([code, stdout]).toEqual([0, expect.stringContaining('3 checks of profile core: 3 PASS')])
  expect((await run(['merge', 'shard-1/report.json', 'shard-1/report.json'])).code).toBe(2)
})

test('waivers init writes a valid file once, and the next run reads it', async () => {
  expect((await run(['waivers', 'init'])).code).toBe(0)
  expect((await run(['waivers', 'init'])).stderr).toBe('conformance.waivers.yaml: already exists\n')
  expect((await run(['waivers', 'check'])).stdout).toBe('conformance.waivers.yaml: 0 waivers, all valid\n')
  const waiver = { id: 'MD-10', reason: 'a mock', owner: 'me', expires: new Date().toISOString().slice(0, 10) }
  const file = join(folder, 'conformance.waivers.yaml')
  await writeFile(file, JSON.stringify([waiver]))
  const waived = await run([...at(mock), '--only', 'MD-10', '--lanes', 'catalogue'])
  expect([waived.code, waived.stdout]).toEqual([0, expect.stringMatching(/^WAIVED +MD-10/m)])
  await writeFile(
    file,
    JSON.stringify([
      { ...waiver, expires: '2020-01-01' },
      { ...waiver, id: 'XX' },
    ]),
  )
  const expired = await run([...at(mock), '--only', 'MD-10', '--lanes', 'catalogue'])
  expect([expired.code, expired.stdout]).toEqual([1, expect.stringMatching(/MD-10 +the waiver has expired/)])
  const { code, stdout } = await run(['waivers', 'check'])
  expect(code).toBe(1)
  expect(stdout).toMatch(/MD-10 expired on 2020-01-01: ask me\n.+XX is neither the id of a check nor a fingerprint\n$/)
  await rm(file)
})

test('judges a recording without sending a request', async () => {
  await run([...at(mock), ...quick, '--report', 'har'])
  const { code, stdout } = await run(['--har', 'out/report.har'])
  expect([code, stdout]).toEqual([0, expect.stringMatching(/\d recorded exchanges, nothing sent/)])
  expect((await run(['drift', '--har', 'out/report.har'])).code).toBe(0)
  expect(existsSync(join(folder, 'reports/report.json'))).toBe(true)
})

test('a recording of a known gateway gets the hint of a live run', async () => {
  await run([...at(studio), '--only', 'ME,MP-02,CN', '--report', 'har', '--lanes', 'catalogue'])
  const { code, stdout } = await run(['--har', 'out/report.har'])
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^It looks like .+: run again with --gateway \S+\.\n/)])
})

test('does not follow a redirect, so that the token stays with the gateway', async () => {
  const seen: (string | undefined)[] = []
  await using elsewhere = await serve(({ headers }, response) => {
    seen.push(headers.authorization)
    response.end()
  })
  await using server = await serve((_request, response) => {
    response.writeHead(307, { location: elsewhere.url }).end()
  })
  expect((await run(['--url', server.url, '--token', token])).code).toBe(3)
  expect(seen).toEqual([])
})
