import type { OpenAPI } from '@livepeer-ai/openapi'
import { describeGateway } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import type { DriftFinding } from '../drift-finding.ts'
import type { Exchange } from '../exchange.ts'
import type { Report } from '../report.ts'
import { answer } from '../testing/answer.ts'
import { description, operationTable } from '../testing/frozen-contract.ts'
import { compareObservations } from './answers/compare-observations.ts'
import { mergeObservations, observeAnswers } from './answers/observe-answers.ts'
import { compareToBaseline } from './baseline.ts'
import { compareDescriptions } from './descriptions/compare-descriptions.ts'
import { findDrift } from './find-drift.ts'
import { judgeDrift } from './judge-drift.ts'

const transcript = { text: 'hi', chunks: [{ timestamp: [0, 1.5], text: 'hi' }] }
const observed = (exchanges: Exchange[], contract: OpenAPI = description) =>
  compareObservations(contract, observeAnswers(exchanges, operationTable))
/** Without the statuses that were not provoked. */
const told = (findings: DriftFinding[]) =>
  findings
    .filter(({ class: name }) => name !== 'documented-status-never-produced')
    .map(({ class: name, status, pointer, message }) =>
      [name, status, pointer.split('/schema')[1] ?? '', message].join(' '),
    )

test('documented answers are no drift, whatever their content', () => {
  const exchanges = [
    answer(200, transcript),
    answer(200, { text: '', chunks: [] }, { type: 'Application/JSON; charset=utf-8' }),
    answer(400, { detail: { msg: 'no' } }),
    answer(422, { detail: [{ loc: ['body', 0], msg: 'm', type: 't' }] }),
    answer(422, {}),
  ]
  expect(told(observed(exchanges))).toEqual([])
})

test('reports a status that was never answered, and ignores other paths and methods', () => {
  const findings = observed([
    answer(200, transcript),
    answer(404, '', { method: 'GET' }),
    answer(404, '', { target: '/nowhere' }),
  ])
  expect(findings.map(({ class: name, status }) => `${name} ${status}`)).toEqual(
    ['400', '401', '413', '415', '422', '500'].map((status) => `documented-status-never-produced ${status}`),
  )
})

test.each<[string, Exchange, string]>([
  [
    'chunks are null',
    answer(200, { text: 'a', chunks: null }),
    'response-became-nullable 200 /properties/chunks may be null',
  ],
  [
    'chunks are missing',
    answer(200, { text: 'a' }),
    'response-required-property-missing 200 /properties/chunks chunks is missing',
  ],
  [
    'the text is a number',
    answer(200, { ...transcript, text: 5 }),
    'response-type-changed 200 /properties/text integer instead of string',
  ],
  [
    'a chunk lacks its times',
    answer(200, { text: 'a', chunks: [{ text: 'a' }] }),
    'response-required-property-missing 200 /properties/chunks/items/properties/timestamp timestamp is missing',
  ],
  [
    'there is something more',
    answer(200, { ...transcript, language: 'en' }),
    'response-undocumented-property 200 /properties/language language is not documented',
  ],
  ['an undocumented status', answer(503, { a: 1 }), 'undocumented-error-status 503  503 is not documented'],
  [
    'text instead of JSON',
    answer(500, 'Internal Server Error', { type: 'text/plain' }),
    'response-media-type-changed 500  text/plain instead of application/json',
  ],
  ['no media type', answer(200, '', { type: null }), 'response-media-type-missing 200  no Content-Type'],
  ['JSON that is cut off', answer(200, '{"text":'), 'response-type-changed 200  the body is not JSON'],
  [
    'a string for an error',
    answer(400, { detail: 'no' }),
    'error-envelope-changed 400  errors are {detail:string} instead of {detail:{msg:string}}',
  ],
  [
    'another envelope where nothing is required',
    answer(422, { errors: ['no'] }),
    'error-envelope-changed 422  errors are {errors:[string]} instead of {detail:[{loc:[integer|string],msg:string,type:string}]}',
  ],
  [
    'served without a token',
    answer(200, transcript, { token: false }),
    'security-removed   a request without credentials is served',
  ],
])('%s', (_, exchange, expected) => {
  expect(told(observed([exchange]))).toEqual([expected])
})

test('an error envelope of several statuses is one finding with all samples and examples', () => {
  const error = { error: { message: 'no orchestrators available' } }
  const findings = observed([answer(400, error), answer(500, error), answer(500, error)])
  const [finding, ...others] = findings.filter(({ class: name }) => name !== 'documented-status-never-produced')
  expect(others).toEqual([])
  expect(finding).toMatchObject({ class: 'error-envelope-changed', status: '400, 500', samples: 3 })
  const [fewer] = observed([answer(400, error)])
  expect(fewer!.fingerprint).toBe(finding!.fingerprint)
})

test('ignores the content of an incomplete answer', () => {
  const cut = { ...answer(200, '{"text":'), failure: { code: 'dropped' as const, message: 'closed' } }
  expect(told(observed([cut]))).toEqual([])
})

test('merged observations of parts of a run equal those of the whole run', () => {
  const exchanges = [answer(200, transcript), answer(400, { detail: 'no' }), answer(200, { text: 'b', chunks: null })]
  const parts = exchanges.map((exchange) => observeAnswers([exchange], operationTable))
  expect(mergeObservations(parts.toReversed().flat())).toEqual(observeAnswers(exchanges, operationTable))
})

test('an optional property counts as missing after five answers', () => {
  const error = answer(422, {})
  const never = (count: number) => told(observed(Array.from({ length: count }, () => error)))
  expect(never(4)).toEqual([])
  expect(never(5)).toEqual(['response-optional-property-never-seen 422 /properties/detail detail was never present'])
})

/** Returns the verdicts for chunks, from the own description and the answers. */
function judgeChunks(described: 'as the contract' | 'nullable', answered: 'as the contract' | 'null'): string[] {
  const live = structuredClone(description)
  const { properties } = live.components!['schemas']!['TextResponse'] as {
    properties: Record<string, Record<string, unknown>>
  }
  if (described === 'nullable') properties['chunks']!['type'] = ['array', 'null']
  const observations = observeAnswers(
    [answer(200, answered === 'null' ? { text: 'a', chunks: null } : transcript)],
    operationTable,
  )
  const findings = judgeDrift({
    described: compareDescriptions(description, live),
    answered: compareObservations(description, observations),
    selfHonesty: compareObservations(live, observations),
  })
  return findings
    .filter(({ class: name }) => name === 'response-became-nullable')
    .map(({ verdict, seenIn }) => `${verdict}: ${seenIn.join(' and ')}`)
}

test('the verdict depends on which of the three sources differ', () => {
  expect(judgeChunks('as the contract', 'as the contract')).toEqual([])
  expect(judgeChunks('as the contract', 'null')).toEqual(['implementation: answers'])
  expect(judgeChunks('nullable', 'as the contract')).toEqual(['other-version: description'])
  expect(judgeChunks('nullable', 'null')).toEqual(['other-version: description and answers'])
  const place = compareObservations(
    description,
    observeAnswers([answer(200, { text: 'a', chunks: null })], operationTable),
  )
  const finding = place.find(({ class: name }) => name === 'response-became-nullable')
  expect(judgeDrift({ described: [finding!], answered: [], selfHonesty: [finding!] })).toMatchObject([
    { verdict: 'stale-description' },
  ])
  expect(judgeDrift({ described: [finding!], answered: [finding!], selfHonesty: [finding!] })).toMatchObject([
    { verdict: 'unmanaged' },
  ])
})

test('a gateway that follows its own description has another version', async () => {
  const live = await describeGateway('go-livepeer')
  const observations = observeAnswers(
    [
      answer(200, transcript, { token: false }),
      answer(400, { error: { message: 'no' } }),
      answer(503, { error: { message: 'none' } }),
    ],
    operationTable,
  )
  const findings = judgeDrift({
    described: compareDescriptions(description, live),
    answered: compareObservations(description, observations),
    selfHonesty: compareObservations(live, observations),
  })
  const seen = findings
    .filter(({ seenIn }) => seenIn.length === 2)
    .map(({ class: name, verdict }) => `${name} ${verdict}`)
  expect(seen).toEqual([
    'security-removed other-version',
    'undocumented-error-status other-version',
    'error-envelope-changed other-version',
  ])
})

test('drift that the overlay of a gateway declares is known, other drift is not', async () => {
  const known = await describeGateway('go-livepeer')
  const error = { error: { message: 'none' } }
  const { findings } = findDrift({
    contract: description,
    exchanges: [answer(503, error), answer(500, error), answer(200, { text: 'a', chunks: null })],
    known,
    now: '2026-11-22T12:00:00.000Z',
  })
  const isInfo = findings.map(({ severity }) => severity === 'info')
  expect(isInfo).toEqual([...isInfo.filter((info) => !info), ...isInfo.filter(Boolean)])
  const shown = findings.filter(({ severity }) => severity !== 'info')
  expect(shown.map(({ class: name, known: isKnown = false }) => `${name} ${isKnown}`)).toEqual([
    'response-became-nullable false',
    'undocumented-error-status true',
    'error-envelope-changed true',
  ])
})

test('a property of a validation issue that an overlay declares is known, another one is not', async () => {
  const issue = { loc: ['body'], msg: 'm', type: 't' }
  const exchanges = [
    answer(422, { detail: [{ ...issue, input: null }] }),
    answer(422, { detail: [{ ...issue, url: 'u' }] }),
  ]
  const now = '2026-11-22T12:00:00.000Z'
  const known = await describeGateway('ai-runner')
  const shown = findDrift({ contract: description, exchanges, known, now }).findings
  const listed = shown.map(({ message, known: isKnown = false }) => `${message} ${isKnown}`)
  expect(listed).toEqual(expect.arrayContaining(['input is not documented true', 'url is not documented false']))
})

test('an operation that only the own description has does not affect the others', () => {
  const live = structuredClone(description)
  Object.assign(live.paths!, { '/health': { get: { responses: { '200': { description: '' } } } } })
  const now = '2026-11-22T12:00:00.000Z'
  const exchanges = [answer(200, transcript, { token: false })]
  const { findings } = findDrift({ contract: description, exchanges, own: live, now })
  expect(findings[0]).toMatchObject({ class: 'security-removed', verdict: 'implementation', seenIn: ['answers'] })
})

test('an unreadable description is a finding, and the answers are still compared', () => {
  const now = '2026-11-22T12:00:00.000Z'
  const exchanges = [answer(503, {}), answer(200, transcript, { token: false })]
  const { findings } = findDrift({ contract: description, exchanges, own: { openapi: '2' }, now })
  const unreadable = 'not an OpenAPI 3 description: `openapi: 3.…` is missing'
  expect(findings).toContainEqual(expect.objectContaining({ class: 'description-unreadable', message: unreadable }))
  expect(findings).toContainEqual(expect.objectContaining({ status: '503', verdict: 'implementation' }))
  expect(findings[0]).toMatchObject({ class: 'security-removed', verdict: 'implementation' })
})

test('a baseline shows new and gone drift, and the date on which the rest was first seen', () => {
  const [was] = observed([answer(503, {})])
  const [added] = observed([answer(504, {})])
  const previous = { drift: [was!], run: { startedAt: '2026-01-01T00:00:00.000Z' } } as unknown as Report
  const now = '2026-02-01T00:00:00.000Z'
  expect(compareToBaseline(undefined, [was!], now).added).toMatchObject([{ firstSeen: now }])
  const both = compareToBaseline(previous, [was!, added!], now)
  expect(both.findings.map(({ firstSeen }) => firstSeen)).toEqual(['2026-01-01T00:00:00.000Z', now])
  expect(both.added.map(({ status }) => status)).toEqual(['504'])
  expect(compareToBaseline(previous, [], now).gone).toEqual([was])
  const later = compareToBaseline({ ...previous, drift: both.findings }, [added!], '2026-03-01T00:00:00.000Z')
  expect(later.findings).toMatchObject([{ firstSeen: now }])
})
