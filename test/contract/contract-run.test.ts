import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { loadScenarios, runContract, type LaneReport } from '@livepeer-ai/conformance'
import { startMock } from '@livepeer-ai/mock'
import { operationTable } from '@livepeer-ai/openapi'
import * as contract from '@livepeer-ai/openapi/contract'
import { describeGateway, gateways, listDeviations } from '@livepeer-ai/openapi/gateways'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChangingProxy, type Answer } from './changing-proxy.ts'

const folder = new URL('../../packages/conformance/', import.meta.url)
const scenarios = await loadScenarios(new URL('scenarios/audio-to-text.yaml', folder), contract)
/** The scenarios of audio-to-text, whose responses the proxy changes. */
const own = scenarios.filter(({ operationId }) => operationId === 'genAudioToText')
const maxBytes = 200_000

let mock: Awaited<ReturnType<typeof startMock>>
beforeAll(async () => {
  mock = await startMock({ port: 0, maxBytes })
})
afterAll(() => mock.close())

const run = (url: string, changed: Partial<Parameters<typeof runContract>[0]> = {}) =>
  runContract({ url, contract, scenarios, maxBytes, ...changed })

test('the mock server answers every scenario as documented', async () => {
  const report = await run(mock.url)
  expect(problems(report)).toEqual([])
  expect(report.ok).toBe(true)
  expect(report.counts.pass).toBeGreaterThanOrEqual(12)
  expect(Object.keys(report.statuses)).toEqual(
    operationTable.flatMap(({ operationId, responses }) =>
      Object.keys(responses).map((status) => `${operationId} ${status}`),
    ),
  )
})

test('sends the recording byte for byte', async () => {
  const sent = createHash('sha256')
    .update(await readFile(new URL('fixtures/speech/short.wav', folder)))
    .digest('hex')
  await run(mock.url, { scenarios: scenarios.filter(({ name }) => name === 'a recording, chunks by word') })
  expect(mock.calls.at(-1)?.files).toMatchObject([
    { name: 'audio', filename: 'short.wav', mediaType: 'audio/wav', sha256: sent },
  ])
})

/** A change of the answers with one status, and the place that the report must name. */
const defects: [
  name: string,
  status: number,
  change: (answer: Answer) => Partial<Answer> | undefined,
  place: string,
][] = [
  ['a transcript without text', 200, json(({ chunks }) => ({ chunks })), 'body /text'],
  ['a text that is a number', 200, json((body) => ({ ...body, text: 5 })), 'body /text'],
  ['chunks that are null', 200, json((body) => ({ ...body, chunks: null })), 'body /chunks'],
  [
    'a second chunk without a timestamp',
    200,
    json((body) => ({ ...body, chunks: [{ timestamp: [0, 1], text: 'a' }, { text: 'b' }] })),
    'body /chunks/1/timestamp',
  ],
  ['a detail that is a string', 400, json(() => ({ detail: 'x' })), 'body /detail'],
  ['a message that is a number', 401, json(() => ({ detail: { msg: 5 } })), 'body /detail/msg'],
  [
    'a location that holds an object',
    422,
    json(() => ({ detail: [{ loc: [{}], msg: 'm', type: 't' }] })),
    'body /detail/0/loc/0',
  ],
  ['201 for 200', 200, () => ({ status: 201 }), 'status'],
  ['503 for 500', 500, () => ({ status: 503 }), 'status'],
  ['200 for 401', 401, () => ({ status: 200, body: '{"text":"","chunks":[]}' }), 'status'],
  ['plain text', 200, ({ headers }) => ({ headers: { ...headers, 'content-type': 'text/plain' } }), 'headers'],
  ['no content type', 413, ({ headers }) => ({ headers: { ...headers, 'content-type': undefined } }), 'headers'],
  ['an empty body', 200, () => ({ body: '' }), 'body (whole)'],
  ['half a body', 415, ({ body }) => ({ body: body.slice(0, 10) }), 'body (whole)'],
  ['a dropped connection', 200, () => undefined, 'exchange'],
]

test.each(defects)('a gateway with %s fails the run', async (_, status, change, place) => {
  await using gateway = await startChangingProxy(mock.url, (answer) => {
    const changes = answer.status === status ? change(answer) : {}
    return changes && { ...answer, ...changes }
  })
  const report = await run(gateway.url)
  expect(report.ok).toBe(false)
  const failed = report.results.filter(({ outcome }) => outcome === 'fail')
  expect([...new Set(failed.map((result) => result.status))]).toEqual([String(status)])
  expect(failed).toHaveLength(own.filter((scenario) => scenario.status === String(status)).length)
  for (const places of failed.map(placesOf)) expect(places).toContain(place)
})

test.each([
  ['422', json(() => ({ detail: [{ loc: ['body', 'audio'], msg: 'Field required', type: 'missing' }] })), 'pass'],
  ['422', json(() => ({ detail: 'no' })), 'fail'],
  ['500', json((body) => body), 'fail'],
])('a cut form may get 400 or 422 with the body of that status: %s', async (status, change, outcome) => {
  await using gateway = await startChangingProxy(mock.url, (answer) =>
    answer.status === 400 ? { ...answer, ...change(answer), status: Number(status) } : answer,
  )
  const cut = scenarios.filter(({ truncate }) => truncate)
  const { results } = await run(gateway.url, { scenarios: cut })
  expect(results.filter(({ scenario }) => scenario).map((result) => result.outcome)).toEqual([outcome])
})

/** Scenarios without a recording that is transcribed. */
const refused = own.filter(({ status, prefer }) => !status.startsWith('2') && !prefer && status !== '413')

test.each(Object.keys(gateways))('every failure of %s is known, another body is not', async (gateway) => {
  await using imitation = await startMock({ port: 0, maxBytes, gateway })
  let change = (answer: Answer) => answer
  await using proxy = await startChangingProxy(imitation.url, (answer) => change(answer))
  const [deviations, known] = await Promise.all([listDeviations(gateway), describeGateway(gateway)])
  const options = { scenarios: refused, deviations, known }
  const failed = async () =>
    (await run(proxy.url, options)).results.filter(({ outcome }) => outcome === 'fail').map(({ scenario }) => scenario)
  expect(await failed()).toEqual([])
  change = (answer) => ({ ...answer, body: '"no"' })
  const answered = (await run(proxy.url, options)).results.filter(({ response }) => response)
  expect(answered).not.toEqual([])
  expect(await failed()).toEqual(answered.map(({ scenario }) => scenario))
})

test('ignores parameters of the content type', async () => {
  await using gateway = await startChangingProxy(mock.url, (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'content-type': 'application/json; charset=utf-8' },
  }))
  expect(problems(await run(gateway.url))).toEqual([])
})

test('a wrongly converted schema fails the run, because the judges disagree', async () => {
  const draft07Schemas = structuredClone(contract.draft07Schemas)
  draft07Schemas['genAudioToText']!['200']!['application/json'] = { $schema: 'http://json-schema.org/draft-07/schema#' }
  await using gateway = await startChangingProxy(mock.url, (answer) =>
    answer.status === 200 ? { ...answer, body: '{"text":5,"chunks":[]}' } : answer,
  )
  const report = await run(gateway.url, { contract: { ...contract, draft07Schemas } })
  expect(problems(report)).toContain('the judges disagree: only Ajv finds fault with the body')
})

test('a new status of the contract is uncovered until it has a scenario', async () => {
  const [operation, ...others] = operationTable
  const grown = [{ ...operation!, responses: { ...operation!.responses, 418: ['application/json'] } }, ...others]
  const report = await run(mock.url, { contract: { ...contract, operationTable: grown } })
  expect(report.ok).toBe(false)
  expect(report.results.filter(({ outcome }) => outcome === 'uncovered')).toMatchObject([
    { operationId: 'genAudioToText', status: '418', mediaType: 'application/json' },
  ])
})

test('a status is not provoked if the gateway ignores the preference for it', async () => {
  await using gateway = await startChangingProxy(mock.url, (answer) => {
    const preferred = answer.headers['preference-applied']
    return preferred
      ? { status: 200, headers: { 'content-type': 'application/json' }, body: '{"text":"","chunks":[]}' }
      : answer
  })
  const report = await run(gateway.url)
  expect(report.ok).toBe(true)
  expect(report.results.filter(({ outcome }) => outcome === 'not-provoked').map(({ status }) => status)).toEqual(
    own.filter(({ prefer }) => prefer).map(({ status }) => status),
  )
})

test('a gateway that never answers fails the run after the timeout', async () => {
  await using gateway = await startChangingProxy(mock.url, () => ({ status: 200, headers: {}, body: '' }))
  await expect(run(gateway.url, { timeoutMs: 1 })).resolves.toMatchObject({ ok: false })
})

test('reports a closed port before it sends a request', async () => {
  await expect(run('http://127.0.0.1:1')).rejects.toThrow('Cannot reach http://127.0.0.1:1: ECONNREFUSED')
})

test('no result has the token, even if the gateway echoes it', async () => {
  const token = 'a-secret-token'
  await using gateway = await startChangingProxy(mock.url, (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'x-echo': token },
    body: `{"detail":"no token ${token} found"}`,
  }))
  const report = await run(gateway.url, { token })
  expect(JSON.stringify(report)).toContain('no token {token} found')
  expect(JSON.stringify(report)).not.toContain(token)
})

function json(change: (body: Record<string, unknown>) => unknown): (answer: Answer) => Partial<Answer> {
  return ({ body }) => ({ body: JSON.stringify(change(JSON.parse(body) as Record<string, unknown>)) })
}

function placesOf({ problems: found }: LaneReport['results'][number]): string[] {
  return found.map(({ part, pointer }) => (part === 'body' ? `body ${pointer || '(whole)'}` : part))
}

const problems = (report: LaneReport) =>
  report.results.flatMap((result) => result.problems.map(({ message }) => message))
