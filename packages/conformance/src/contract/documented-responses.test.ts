import type { OpenAPI } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import type { CheckResult } from '../report.ts'
import { planSuite } from '../run/plan-suite.ts'
import { respond, type Reply } from '../testing/respond.ts'
import { judgeDocumented } from './documented-responses.ts'

const json = { 'application/json': { schema: { type: 'object' } } }
const description = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        responses: {
          200: { description: 'all', content: { 'application/json; charset=utf-8': {}, 'text/csv': {} } },
          404: { description: 'none' },
          '4XX': { description: 'wrong', content: json },
          default: { description: 'else', content: json },
        },
      },
    },
  },
} as unknown as OpenAPI

const { checks: planned, distinct } = await planSuite({ url: 'http://things.example', api: { description } })
const request = distinct.find(({ method, target }) => method === 'GET' && target === '/things')
if (!request) throw new Error('the valid request is missing')

const judge = (replies: Reply[], checks: Partial<CheckResult>[] = []) => {
  const exchanges = replies.map((reply) => respond(request, reply))
  const lane = judgeDocumented(planned, exchanges, checks as CheckResult[])
  return Object.fromEntries(
    lane.results?.map(({ id, verdict, findings }) => [id, findings[0]?.message ?? verdict]) ?? [],
  )
}

test('a status belongs to its own response, else to that of its range, else to the default', () => {
  expect(judge([200, 404, 409, 500].map((status) => ({ status, body: '{}' })))).toEqual({
    'CT-200a': 'PASS',
    'CT-200b': 'no response has this media type: 4 requests got 200, 404, 409 and 500',
    'CT-404': 'PASS',
    'CT-4XX': 'PASS',
    'CT-default': 'PASS',
  })
})

test('names the reason why a response was not provoked', () => {
  const blocked = { id: 'CN-01', operation: 'listThings', verdict: 'BLOCKED' as const }
  const findings = [{ severity: 'skip' as const, message: 'add a value', fingerprint: '' }]
  expect(judge([400], [{ ...blocked, findings }])).toEqual({
    'CT-200a': 'add a value',
    'CT-200b': 'add a value',
    'CT-404': 'the path has no id',
    'CT-4XX': 'PASS',
    'CT-default': 'add a value',
  })
  expect(judge([])['CT-default']).toBe('no request was sent')
})

test('a complaint about a response fails it, unless it is waived', () => {
  const found = {
    severity: 'fail' as const,
    message: 'saw 400 with an invalid body',
    fingerprint: '',
    exchange: request.id,
  }
  const check = { id: 'ER-01', area: 'errors', operation: 'listThings', verdict: 'FAIL' as const, findings: [found] }
  const waiver = { reason: 'later', owner: 'us', expires: '2031-01-01' }
  expect(judge([400], [check])['CT-4XX']).toBe('ER-01: saw 400 with an invalid body')
  const lane = (one: CheckResult['findings'][number]) =>
    judgeDocumented(planned, [respond(request, 400)], [{ ...check, findings: [one] } as CheckResult])
  expect([lane(found), lane({ ...found, waiver })].map(({ verdict, fail, known }) => [verdict, fail, known])).toEqual([
    ['FAIL', 1, 0],
    ['PASS', 0, 1],
  ])
})
