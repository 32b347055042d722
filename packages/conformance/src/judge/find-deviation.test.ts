import type { Deviation } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import { upload } from '../catalogue/requests.ts'
import { context, requestOf, respond } from '../testing/respond.ts'
import { findDeviation, toExchangeFacts } from './find-deviation.ts'

const deviation: Deviation = {
  id: 'sample/refusal-is-422',
  summary: 'Every upload gets 422.',
  when: [{ method: { enum: ['POST'] } }],
  answers: [{ status: 422 }],
  frequency: 'always',
  basis: 'run',
  evidence: [],
  checks: ['MP-27'],
  cope: 'Do nothing.',
}

test.each([
  ['a finding about the status that it changes', 422, 'MP-27', 'status', true],
  ['no finding about the connection', 422, 'MP-27', 'connection', false],
  ['no finding about the body', 422, 'MP-27', 'body', false],
  ['no finding of a check that it does not name', 422, 'MP-30', 'status', false],
  ['no finding about another answer', 400, 'MP-27', 'status', false],
] as const)('a deviation excuses %s', (_, status, check, about, isExcused) => {
  const exchange = toExchangeFacts(respond(requestOf(upload(context.clips.short)), status))
  expect(findDeviation([deviation], exchange, { check, about })).toBe(isExcused ? deviation : undefined)
})
