import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import {
  CredentialsError,
  loadScenarios,
  runSuite,
  UnreachableError,
  type Report,
  type SuiteOptions,
} from '@livepeer-ai/conformance'
import { createGateway } from '@livepeer-ai/gateway'
import { startMock } from '@livepeer-ai/mock'
import * as contract from '@livepeer-ai/openapi/contract'
import { expect, test, vi } from 'vitest'
import { loadStubTranscriber } from '../mutants/stub-transcriber.ts'
import { serve } from './serve.ts'

// A bound against hangs: many runs at the same time take long on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const token = 'a-secret-token'
const transcriber = await loadStubTranscriber()

const shipped = new URL('../../packages/conformance/scenarios/audio-to-text.yaml', import.meta.url)
const scenarios = await loadScenarios(shipped, contract)
const catalogue: Pick<SuiteOptions, 'lanes'> = { lanes: ['catalogue'] }

/** Ids of the checks with a verdict that is worse than known. */
const faults = ({ checks }: Report): string[] =>
  checks
    .filter(({ verdict }) => ['FAIL', 'WARN', 'FLAKY', 'ERROR', 'INCONCLUSIVE'].includes(verdict))
    .map(({ id }) => id)

test.concurrent.each(['core', 'full', 'browser', 'long', 'drift', 'smoke', 'strict'] as const)(
  'the local gateway passes profile %s without a warning',
  async (profile) => {
    const gateway = createGateway({
      transcriber,
      tokens: [token],
      maxBytes: 2 ** 20,
      cors: '*',
    })
    const { url, close } = await gateway.listen({ port: 0, host: '127.0.0.1' })
    const report = await runSuite({ url, token, profile, maxBytes: 2 ** 20, allowUnsafe: true, ...catalogue })
    await close(0)
    expect(faults(report)).toEqual([])
    expect(report.conclusion.exitCode).toBe(0)
    expect(report.target.gateway).toBeUndefined()
    expect(JSON.stringify(report)).not.toContain(token)
  },
)

test('core costs at most 60 seconds of audio and sends each request once', async () => {
  await using mock = await startMock({ port: 0, token })
  const skip = ['MD-10', 'SE']
  const { cost, exchanges } = await runSuite({ url: mock.url, token, skip, ...catalogue })
  expect(exchanges.length).toBe(cost.requests)
  const both = await runSuite({ url: mock.url, token, skip })
  expect([both.contractLane?.verdict, both.cost.requests - cost.requests]).toEqual(['PASS', scenarios.length])
  expect(cost.audioSeconds).toBeLessThanOrEqual(60)
})

test('the error envelope of another gateway is no excuse', async () => {
  const gateway = createGateway({ transcriber, tokens: [token], maxBytes: 2 ** 20 })
  const around = async (request: Request, next: (request: Request) => Promise<Response>) => {
    const response = await next(request)
    if (response.status < 400 || response.status >= 500) return response
    const headers = new Headers(response.headers)
    return new Response('{"errors":["bad request"]}', { status: response.status, headers })
  }
  const front = { around, wire: (_request: unknown, _response: unknown, next: () => void) => next() }
  const { url, close } = await gateway.listen({ port: 0, host: '127.0.0.1', front })
  const { counts, conclusion } = await runSuite({ url, token, maxBytes: 2 ** 20, ...catalogue })
  await close(0)
  expect([counts.KNOWN, conclusion]).toEqual([0, { exitCode: 1, text: expect.stringContaining('ER-01') as string }])
})

test('a problem that shows only once is flaky, and fails the run unless it is allowed', async () => {
  let asked = 0
  const example = { text: 'he might', chunks: [] }
  await using server = await serve((request, response) => {
    request.resume().on('end', () => {
      const isOwed = request.method !== 'GET' || asked++ === 0
      response.writeHead(isOwed ? 200 : 405, { 'content-type': 'application/json', allow: 'POST' })
      response.end(isOwed ? JSON.stringify(example) : '{"detail":{"msg":"no"}}')
    })
  })
  const run = async (allowFlaky: boolean) => {
    asked = 0
    return runSuite({ url: server.url, gateway: 'none', only: ['ME-01'], allowFlaky, ...catalogue })
  }
  const { checks, conclusion } = await run(false)
  expect(checks.map(({ id, verdict }) => [id, verdict])).toEqual([['ME-01', 'FLAKY']])
  expect(conclusion).toEqual({ exitCode: 1, text: 'does not conform: ME-01 (flaky)' })
  expect((await run(true)).conclusion.exitCode).toBe(0)
})

test('a waiver applies to its gateway until it expires, and is stale if it is not needed', async () => {
  await using mock = await startMock({ port: 0, token, defects: ['cookie'] })
  const run = async (waiver: { id?: string; target?: string; expires?: string }) => {
    const waivers = [{ id: 'HD-08', reason: 'r', owner: 'o', expires: '2999-01-01', ...waiver }]
    const { checks, waivers: told } = await runSuite({
      url: mock.url,
      token,
      only: ['HD-08', 'ME-01'],
      waivers,
      ...catalogue,
    })
    return [checks.find(({ id }) => id === 'HD-08')!.verdict, told]
  }
  expect(await run({})).toEqual(['WAIVED', { applied: ['HD-08'], stale: [], expired: [] }])
  expect(await run({ target: 'http://127.0.0.1:*' })).toEqual([
    'WAIVED',
    { applied: ['HD-08'], stale: [], expired: [] },
  ])
  expect(await run({ target: 'https://elsewhere.example' })).toEqual(['WARN', { applied: [], stale: [], expired: [] }])
  expect(await run({ expires: '2020-01-01' })).toEqual(['WARN', { applied: [], stale: [], expired: ['HD-08'] }])
  expect(await run({ id: 'ME-01' })).toEqual(['WARN', { applied: [], stale: ['ME-01'], expired: [] }])
})

test('a run keeps its budget and reports the checks that it skips for it', async () => {
  await using mock = await startMock({ port: 0, token })
  const { cost, checks, conclusion } = await runSuite({
    url: mock.url,
    token,
    budgetSeconds: 5,
    skip: ['MD-10'],
    ...catalogue,
  })
  expect(cost.audioSeconds).toBeLessThanOrEqual(5)
  expect(checks.filter(({ findings }) => findings[0]?.message.includes('budget')).length).toBeGreaterThan(10)
  expect(conclusion).toEqual({ exitCode: 6, text: expect.stringContaining('inconclusive') as string })
})

test('the budget also limits repeated requests and the contract lane', async () => {
  await using mock = await startMock({ port: 0, token, defects: ['text-number'] })
  const options = { url: mock.url, token, gateway: 'none', only: ['RS-01'] }
  const single = await runSuite({ ...options, budgetSeconds: 1.5 })
  expect([single.checks[0]!.verdict, single.cost.requests, single.cost.audioSeconds]).toEqual(['FAIL', 2, 1.07])
  expect(single.contractLane).toMatchObject({ verdict: 'DISABLED', note: 'the budget has no room for it' })
  const twice = await runSuite({ ...options, budgetSeconds: 3 })
  expect([twice.cost.requests, twice.cost.audioSeconds]).toEqual([3, 2.14])
})

test('the contract lane runs in the first shard', async () => {
  await using mock = await startMock({ port: 0, token })
  const run = (index: number) =>
    runSuite({ url: mock.url, token, only: ['RT-01', 'RT-03'], shard: { index, total: 2 } })
  expect([(await run(1)).contractLane?.verdict, (await run(2)).contractLane]).toEqual(['PASS', undefined])
})

test('names the failed scenarios of the contract lane, with commands that repeat them', async () => {
  await using mock = await startMock({ port: 0, token, defects: ['chunks-null'] })
  const { conclusion, failures, contractLane, exchanges } = await runSuite({ url: mock.url, token, only: ['RT-01'] })
  expect(failures.length).toBeGreaterThan(0)
  expect(contractLane?.failures.map(({ id }) => id)).toEqual(failures)
  expect(conclusion).toEqual({ exitCode: 1, text: `does not conform: contract lane: ${failures.join(', ')}` })
  for (const { findings } of contractLane?.failures ?? []) {
    const { curl } = exchanges.find(({ id }) => id === findings[0]?.exchange) ?? {}
    expect(curl).toMatch(/^curl .+Bearer \$TOKEN.+ --data-binary @report\.files\/200-/i)
  }
})

test('a finding that curl cannot repeat has a command of the suite', async () => {
  await using mock = await startMock({ port: 0, token, defects: ['connection-lost'] })
  const options = { url: mock.url, token, only: ['TR-01'], gateway: 'none', ...catalogue }
  const { checks, exchanges } = await runSuite(options)
  const shown = exchanges.find(({ id }) => id === checks[0]?.findings[0]?.exchange)
  expect([shown?.status, shown?.curl]).toEqual([undefined, undefined])
  expect(shown?.replay).toBe(`npx @livepeer-ai/conformance replay TR-01 --url ${mock.url} --token "$TOKEN"`)
})

test('progress names the current check and the share that is done', async () => {
  await using mock = await startMock({ port: 0, token, defects: ['get-silent-200'] })
  const told: string[] = []
  await runSuite({
    url: mock.url,
    token,
    gateway: 'none',
    only: ['ME-01', 'RT-01'],
    concurrency: 1,
    onProgress: ({ phase, check, done, total, failed }) =>
      told.push([phase, check?.id ?? '', `${done}/${total}`, ...failed].join(' ')),
  })
  expect(told).toEqual([
    'send RT-01 1/2',
    'send ME-01 2/2 ME-01',
    'judge RT-01 1/2',
    'judge ME-01 2/2 ME-01',
    `contract  0/${scenarios.length}`,
  ])
})

test('an interrupted run has a partial report', async () => {
  await using mock = await startMock({ port: 0, token })
  const interruption = new AbortController()
  const { conclusion, run } = await runSuite({
    url: mock.url,
    token,
    signal: interruption.signal,
    onExchange: () => interruption.abort(),
    ...catalogue,
  })
  expect([conclusion.exitCode, run.complete]).toEqual([130, false])
})

test.each<[title: string, listener: RequestListener, message: RegExp]>([
  [
    'a login page',
    (_, response) => response.setHeader('content-type', 'text/html').end('<h1>Log in</h1>'),
    /is not there \(200, text\/html\)/,
  ],
  [
    'an endless redirect',
    ({ url }, response) => response.writeHead(302, { location: url! }).end(),
    /is not there \(302, a redirect\)/,
  ],
  ['another service', (_, response) => response.writeHead(404).end(), /is not there \(404\)\. Pass the base URL/],
  ['a server that never answers', () => {}, /^Cannot reach .+: no complete response in 1 s/],
])('rejects %s as unreachable', async (_, listener, message) => {
  await using server = await serve(listener)
  const run = runSuite({ url: server.url, timeoutMs: 1_000, ...catalogue })
  await expect(run).rejects.toThrow(UnreachableError)
  await expect(run).rejects.toThrow(message)
})

test('rejects a closed port as unreachable', async () => {
  await expect(runSuite({ url: 'http://127.0.0.1:9' })).rejects.toThrow(/^Cannot reach .+: ECONNREFUSED/)
})

test.each([
  ['a wrong token', 'another-token', /does not accept the token \(401\)/],
  ['no token', undefined, /asks for a token \(401\)/],
])('reports %s', async (_, wrong, message) => {
  await using mock = await startMock({ port: 0, token })
  const run = runSuite({ url: mock.url, ...(wrong && { token: wrong }), ...catalogue })
  await expect(run).rejects.toThrow(CredentialsError)
  await expect(run).rejects.toThrow(message)
})

test.each<[title: string, listener: RequestListener]>([
  [
    'a gzip bomb',
    (request, response) =>
      request
        .resume()
        .on('end', () =>
          response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb),
        ),
  ],
  [
    'an answer of a gigabyte',
    (request, response) =>
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 ** 30 })
        const more = () => {
          while (!response.destroyed && response.write(block)) continue
          if (!response.destroyed) response.once('drain', more)
        }
        more()
      }),
  ],
])('%s fails in bounded time and memory', async (_, listener) => {
  await using server = await serve(listener)
  const before = process.memoryUsage().rss
  const report = await runSuite({ url: server.url, gateway: 'none', profile: 'smoke', token, ...catalogue })
  expect(report.conclusion.exitCode).toBe(1)
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
})

const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
const block = Buffer.alloc(1 << 16)

test('an open gateway is not expected to require a token', async () => {
  await using mock = await startMock({ port: 0, defects: ['any-token'] })
  const { contractLane, checks } = await runSuite({
    url: mock.url,
    authentication: 'none',
    only: ['AU'],
    gateway: 'none',
  })
  expect(contractLane?.note ?? '').not.toContain('401')
  expect(checks.filter(({ verdict }) => verdict === 'FAIL').map(({ id }) => id)).toEqual([])
})
