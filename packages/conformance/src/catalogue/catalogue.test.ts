import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Check, Context, Finding } from '../check.ts'
import { costOf } from '../wire/cost.ts'
import type { RequestPlan } from '../request-plan.ts'
import { selectChecks } from '../run/select-checks.ts'
import { pairs, type Pair } from '../testing/pairs.ts'
import { context, requestOf, respond } from '../testing/respond.ts'
import { checks } from './index.ts'

const named = checks.map((check) => [check.id, check] as const)

/** What a check finds when its requests, or those of the pair, are answered so. */
function judge(check: Check, { plan }: Pair, replies: Pair['pass'], run: Context): readonly Finding[] {
  const plans = plan ?? check.plan(run).flatMap((one) => [one, ...followers(one)])
  return check.judge(
    plans.map((one, index) => respond(requestOf(one), Array.isArray(replies) ? replies[index]! : (replies as number))),
    run,
  )
}

const followers = ({ delivery }: RequestPlan): RequestPlan[] => (delivery?.followedBy ? [delivery.followedBy] : [])

const isFault = ({ severity }: Finding) => severity === 'fail' || severity === 'warn'

test.for(named)('%s passes with answers as they should be', ([id, check]) => {
  // A check without a pair fails here.
  const pair = pairs[id]!
  const run = { ...context, ...(id.startsWith('DR') && { drift: [] }) }
  expect(judge(check, pair, pair.pass, run)).toEqual([])
})

test.for(named)('%s finds fault with answers as they should not be', ([id, check]) => {
  const pair = pairs[id]!
  const findings = judge(check, pair, pair.fail, { ...context, ...pair.failIn })
  // What is for information only has no other severity to give.
  const isInformation = ['HD-03', 'TR-08', 'SE-12'].includes(id)
  expect(findings.filter((finding) => isFault(finding) || isInformation)).not.toEqual([])
  for (const { message } of findings) expect(message).toMatch(/^[^\n]{5,120}$/)
})

test('the catalogue is that of spec/checks.yaml', async () => {
  const file = await readFile(new URL('../../../../spec/checks.yaml', import.meta.url), 'utf8')
  const areas = Object.entries(parse(file) as Record<string, { area: string; last: number }>)
  const expected = areas.flatMap(([prefix, { area, last }]) =>
    Array.from({ length: last }, (_, index) => [`${prefix}-${String(index + 1).padStart(2, '0')}`, area]),
  )
  expect(checks.map(({ id, area }) => [id, area])).toEqual(expected)
})

test.for(named)('%s says what it claims, what it rests on and what to do', ([, { title, source, remediation }]) => {
  expect(title).toMatch(/^([A-Z]|metadata|return_timestamps).{10,100}[^.]$/)
  expect(source).not.toBe('')
  expect(remediation).toMatch(/^[A-Z].{15,}[^.]\.$/)
})

test('only what checks the speech, or the time it takes, is experimental', () => {
  const experimental = checks.filter(({ stability }) => stability === 'experimental').map(({ id }) => id)
  expect(experimental.filter((id) => !id.startsWith('SE-'))).toEqual(['TR-08'])
})

const costOfProfile = (profile: 'smoke' | 'core' | 'full') => {
  const requests = selectChecks(checks, { profile }).flatMap((check) => check.plan(context).map(requestOf))
  return costOf([...new Map(requests.map((request) => [request.id, request])).values()])
}

test('profile smoke needs three seconds of audio, core a minute and full two', () => {
  expect(costOfProfile('smoke').audioSeconds).toBeLessThan(3)
  expect(costOfProfile('core').audioSeconds).toBeLessThan(60)
  expect(costOfProfile('full').audioSeconds).toBeLessThan(120)
})

test('no large or dangerous request is sent unless it is allowed', () => {
  const requests = checks
    .filter(({ needs = [] }) => !needs.includes('unsafe'))
    .flatMap((check) => check.plan({ ...context, maxBytes: 50 * 1024 * 1024 }).map(requestOf))
  expect(Math.max(...requests.map(({ body }) => body.length))).toBeLessThan(1_500_000)
})

const open: Context = { ...context, authentication: 'none' }
const guarded = named.filter(([id]) => id.startsWith('AU-') && id !== 'AU-03' && id !== 'AU-09')

test.for(guarded)('%s asks nothing of a gateway that is meant to be open', ([, check]) => {
  expect(check.plan(open)).toEqual([])
  expect(check.judge([], open)).toMatchObject([{ severity: 'skip' }])
})

test.for([
  { reply: 429, severity: 'inconclusive' },
  { reply: 503, severity: 'inconclusive' },
  { reply: { status: 503, headers: { 'retry-after': null } }, severity: 'fail' },
])('a gateway that is too busy, and says for how long, is not accused: $reply', ({ reply, severity }) => {
  const check = checks.find(({ id }) => id === 'MP-01')!
  expect(judge(check, pairs['MP-01']!, reply, context)).toMatchObject([{ severity }])
})
