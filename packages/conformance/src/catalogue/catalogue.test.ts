import { readFile } from 'node:fs/promises'
import { defaultMaxBytes } from '@livepeer-ai/openapi'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Check, Context, Finding } from '../check.ts'
import type { RequestPlan } from '../request-plan.ts'
import { selectChecks } from '../run/select-checks.ts'
import { pairOf, replyAt, type Pair } from '../testing/pairs.ts'
import { context, requestOf, respond } from '../testing/respond.ts'
import { costOf } from '../wire/cost.ts'
import { checks } from './index.ts'

const named = checks.map((check) => [check.id, check] as const)

/** Returns the findings of a check for its requests, or those of the pair, with these replies. */
function judge(check: Check, { plan }: Pair, replies: Pair['pass'], run: Context): readonly Finding[] {
  const plans = plan ?? check.plan(run).flatMap((one) => [one, ...followersOf(one)])
  const exchanges = plans.map((one, index) => respond(requestOf(one), replyAt(replies, index)))
  return check.judge(exchanges, run)
}

const followersOf = ({ delivery }: RequestPlan): RequestPlan[] => (delivery?.followedBy ? [delivery.followedBy] : [])

const isComplaint = ({ severity }: Finding) => severity === 'fail' || severity === 'warn'

test.for(named)('%s passes for correct responses', ([id, check]) => {
  const pair = pairOf(id)
  const run = { ...context, ...(id.startsWith('DR') && { drift: [] }) }
  expect(judge(check, pair, pair.pass, run)).toEqual([])
})

test.for(named)('%s complains about incorrect responses', ([id, check]) => {
  const pair = pairOf(id)
  const findings = judge(check, pair, pair.fail, { ...context, ...pair.failIn })
  // These checks only inform.
  const isInformation = ['HD-03', 'TR-08', 'SE-12'].includes(id)
  expect(findings.filter((finding) => isComplaint(finding) || isInformation)).not.toEqual([])
  for (const { message } of findings) expect(message).toMatch(/^[^\n]{5,120}$/)
})

test('has the checks of spec/checks.yaml', async () => {
  const file = await readFile(new URL('../../../../spec/checks.yaml', import.meta.url), 'utf8')
  const areas = Object.entries(parse(file) as Record<string, { area: string; last: number }>)
  const expected = areas.flatMap(([prefix, { area, last }]) =>
    Array.from({ length: last }, (_, index) => [`${prefix}-${String(index + 1).padStart(2, '0')}`, area]),
  )
  expect(checks.map(({ id, area }) => [id, area])).toEqual(expected)
})

test.for(named)('%s has a claim, a source and a remediation', ([, { title, source, remediation }]) => {
  expect(title).toMatch(/^([A-Z]|metadata|return_timestamps).{10,100}[^.]$/)
  expect(source).not.toBe('')
  expect(remediation).toMatch(/^[A-Z].{15,}[^.]\.$/)
})

const costOfProfile = (profile: 'smoke' | 'core' | 'full') => {
  const requests = selectChecks(checks, { profile }).flatMap((check) => check.plan(context).map(requestOf))
  return costOf([...new Map(requests.map((request) => [request.id, request])).values()])
}

test('needs three seconds of audio for smoke, one minute for core and two for full', () => {
  expect(costOfProfile('smoke').audioSeconds).toBeLessThan(3)
  expect(costOfProfile('core').audioSeconds).toBeLessThan(60)
  expect(costOfProfile('full').audioSeconds).toBeLessThan(120)
})

test('sends no large or dangerous request without permission', () => {
  const requests = checks
    .filter(({ needs = [] }) => !needs.includes('unsafe'))
    .flatMap((check) => check.plan({ ...context, maxBytes: defaultMaxBytes }).map(requestOf))
  expect(Math.max(...requests.map(({ body }) => body.length))).toBeLessThan(1_500_000)
})

const open: Context = { ...context, authentication: 'none' }
const guarded = named.filter(([id]) => id.startsWith('AU-') && id !== 'AU-03' && id !== 'AU-09')

test.for(guarded)('%s sends nothing to an open gateway', ([, check]) => {
  expect(check.plan(open)).toEqual([])
  expect(check.judge([], open)).toMatchObject([{ severity: 'skip' }])
})

test.for([
  { reply: 429, severity: 'inconclusive' },
  { reply: 503, severity: 'inconclusive' },
  { reply: { status: 503, headers: { 'retry-after': null } }, severity: 'fail' },
])('does not blame a busy gateway with Retry-After: $reply', ({ reply, severity }) => {
  const found = checks.filter(({ id }) => id === 'MP-01')
  expect(found.flatMap((check) => judge(check, pairOf('MP-01'), reply, context))).toMatchObject([{ severity }])
})

test.each(['README.md', 'packages/conformance/README.md', 'docs/checks.md'])(
  '%s states the number of checks',
  async (page) => {
    const text = await readFile(new URL(`../../../../${page}`, import.meta.url), 'utf8')
    expect(/(\d+) checks\b/.exec(text)?.[1]).toBe(String(checks.length))
  },
)
