import type { Deviation } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import type { Exchange } from '../exchange.ts'
import type { Verdict } from '../report.ts'
import { answer } from '../testing/answer.ts'
import { judgeDeviations } from './judge-deviations.ts'

const deviation: Deviation = {
  id: 'quiet-hill/get-is-200',
  summary: 'A GET gets 200.',
  when: [{ method: { enum: ['GET'] } }],
  answers: [{ status: 200, body: '' }],
  frequency: 'always',
  basis: 'run',
  evidence: [],
  checks: ['ME-01'],
  cope: 'Do not send it.',
}
const other: Deviation = {
  ...deviation,
  id: 'quiet-hill/gone',
  when: [{ status: { enum: [410] } }],
  answers: [{ status: 410, body: '{"gone":true}' }],
  checks: [],
}

const get = (status: number, body: unknown = '', changes: Partial<Exchange> = {}): Exchange => {
  const exchange = answer(status, body, { method: 'GET' })
  return { ...exchange, request: { ...exchange.request, facts: { method: 'GET' } }, ...changes }
}
const sound = get(405)
sound.request = { ...sound.request, id: 'y' }
const judged = (verdict: Verdict, exchanges = ['x']) => ({ id: 'ME-01', verdict, exchanges, findings: [] })
const busy = get(503)
busy.response = busy.response && { ...busy.response, headers: [['Retry-After', '1']] }

test.each<[string, Deviation, Exchange, ReturnType<typeof judged>[], string]>([
  ['shows', deviation, get(200), [judged('KNOWN')], 'known'],
  ['got another answer that passes', deviation, get(405), [judged('PASS')], 'stale'],
  ['passes a check that reads all exchanges', deviation, get(405), [judged('PASS', [])], 'stale'],
  ['shows in another form', deviation, get(200, { a: 1 }), [judged('FAIL')], 'not exercised'],
  ['failed only once', deviation, get(405), [judged('FLAKY')], 'not exercised'],
  ['was not judged', deviation, get(405), [judged('PASS', ['other'])], 'not exercised'],
  ['was sent to a busy gateway', deviation, busy, [judged('PASS')], 'not exercised'],
  ['got the words of another deviation', deviation, get(410, { gone: true }), [judged('PASS')], 'not exercised'],
  ['was not sent', deviation, answer(401, {}), [judged('PASS')], 'not exercised'],
  ['depends on a state', { ...deviation, frequency: 'sometimes' }, get(405), [judged('PASS')], 'not exercised'],
])('a deviation whose request %s', (_, one, exchange, checks, state) => {
  const deviations = [one, other]
  expect(judgeDeviations(deviations, [exchange], checks).get(one)).toBe(state)
})

test('an answer of the same form with other words does not hide that a deviation is stale', () => {
  const worded = { ...deviation, answers: [{ status: 400, body: '{"m":"no GET"}' }] }
  const similar = get(400, { m: 'another reason' })
  const checks = [judged('PASS', ['y'])]
  expect(judgeDeviations([worded], [similar], checks).get(worded)).toBe('known')
  expect(judgeDeviations([worded], [similar, sound], checks).get(worded)).toBe('stale')
  expect(judgeDeviations([worded], [get(400, { m: 'no GET' }), sound], checks).get(worded)).toBe('known')
})
