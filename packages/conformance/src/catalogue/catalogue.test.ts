import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Check, Context, Finding } from '../check.ts'
import { costOf } from '../cost.ts'
import type { RequestPlan } from '../request-plan.ts'
import { selectChecks } from '../select-checks.ts'
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
  const pair = pairs[id]
  expect(pair, 'a pair of answers in testing/pairs.ts').toBeDefined()
  const run = { ...context, ...(id.startsWith('DR') && { drift: [] }) }
  expect(judge(check, pair!, pair!.pass, run)).toEqual([])
})

test.for(named)('%s finds fault with answers as they should not be', ([id, check]) => {
  const pair = pairs[id]!
  const findings = judge(check, pair, pair.fail, { ...context, ...pair.failIn })
  // What is for information only has no other severity to give.
  const isInformation = ['HD-03', 'TR-08', 'SE-12'].includes(id)
  expect(findings.filter((finding) => isFault(finding) || isInformation)).not.toEqual([])
  for (const { message } of findings) expect(message, 'one line, and the same in every run').toMatch(/^[^\n]{5,120}$/)
})

test('the catalogue is that of spec/checks.yaml', async () => {
  const file = await readFile(new URL('../../../../spec/checks.yaml', import.meta.url), 'utf8')
  const areas = Object.entries(parse(file) as Record<string, { area: string; last: number }>)
  const expected = areas.flatMap(([prefix, { area, last }]) =>
    Array.from({ length: last }, (_, index) => [`${prefix}-${String(index + 1).padStart(2, '0')}`, area]),
  )
  expect(checks.map(({ id, area }) => [id, area])).toEqual(expected)
})

test('every check says what it claims, what it rests on and what to do', () => {
  for (const { id, title, source, remediation } of checks) {
    expect(title, id).toMatch(/^([A-Z]|metadata|return_timestamps).{10,100}[^.]$/)
    expect(source, id).not.toBe('')
    expect(remediation, id).toMatch(/^[A-Z].{15,}[^.]\.$/)
  }
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

test('a gateway that is meant to be open is not asked for what only a token can show', () => {
  const open: Context = { ...context, authentication: 'none' }
  const guarded = checks.filter(({ id }) => id.startsWith('AU-') && !['AU-03', 'AU-09'].includes(id))
  for (const check of guarded) {
    expect(check.plan(open), check.id).toEqual([])
    expect(check.judge([], open), check.id).toMatchObject([{ severity: 'skip' }])
  }
})

test('a gateway that is too busy is not accused', () => {
  const [check] = checks.filter(({ id }) => id === 'MP-01')
  expect(judge(check!, {} as Pair, 429, context)).toMatchObject([{ severity: 'inconclusive' }])
  expect(judge(check!, {} as Pair, 503, context)).toMatchObject([{ severity: 'inconclusive' }])
  const silent = { status: 503, headers: { 'retry-after': null } }
  expect(judge(check!, {} as Pair, silent, context)).toMatchObject([{ severity: 'fail' }])
})
