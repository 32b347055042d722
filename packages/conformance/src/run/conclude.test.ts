import { expect, test } from 'vitest'
import { conclude, type FailOn } from './conclude.ts'
import { budgetExceeded } from '../wire/cost.ts'
import type { CheckResult, Report, Verdict } from '../report.ts'
import { countVerdicts, sampleReport } from '../testing/sample-report.ts'

const [sample] = sampleReport().checks
const startedAt = '2026-11-22T12:00:00.000Z'

const check = (verdict: Verdict, changes: Partial<CheckResult> = {}): CheckResult => ({
  ...sample!,
  verdict,
  findings: [],
  level: 'MUST',
  critical: false,
  ...changes,
})

interface Told {
  checks?: CheckResult[]
  lane?: NonNullable<Report['contractLane']>['verdict']
  drift?: Report['drift']
  interrupted?: boolean
}

function exitCode({ checks = [check('PASS')], lane, drift = [], interrupted = false }: Told, ...failOn: FailOn[]) {
  const counts = countVerdicts(checks)
  const contractLane = lane && { verdict: lane, pass: 1, fail: 0, known: 0, notProvoked: 0 }
  return conclude({ checks, counts, drift, startedAt, interrupted, ...(contractLane && { contractLane }) }, failOn)
    .exitCode
}

const should = check('FAIL', { level: 'SHOULD' })
const unaffordable = check('SKIPPED', { findings: [{ severity: 'skip', message: budgetExceeded, fingerprint: '' }] })
const [breaking] = sampleReport().drift

test.each<[title: string, told: Told, failOn: FailOn[], code: number]>([
  ['all passes', {}, [], 0],
  ['a SHOULD fails', { checks: [should] }, [], 0],
  ['what is known and waived', { checks: [check('KNOWN'), check('WAIVED')] }, [], 0],
  ['a MUST fails', { checks: [check('FAIL')] }, [], 1],
  ['something critical fails', { checks: [{ ...should, critical: true }] }, [], 1],
  ['the contract lane fails', { lane: 'FAIL' }, [], 1],
  ['there is no contract lane', { lane: 'DISABLED' }, [], 0],
  ['a SHOULD fails at its gate', { checks: [should] }, ['should'], 5],
  ['a warning at its gate', { checks: [check('WARN')] }, ['should', 'warn'], 5],
  ['a flake at its gate', { checks: [check('FLAKY')] }, ['flaky'], 5],
  ['something stale at its gate', { checks: [check('STALE')] }, ['stale'], 5],
  ['drift at its gate', { drift: [{ ...breaking!, firstSeen: startedAt }] }, ['drift'], 5],
  ['drift that the baseline has', { drift: [breaking!] }, ['drift'], 0],
  ['drift that is known', { drift: [{ ...breaking!, firstSeen: startedAt, known: true }] }, ['drift'], 0],
  ['a fifth of the checks is blocked', { checks: [check('BLOCKED'), ...Array(4).fill(check('PASS'))] }, [], 0],
  ['more of them are', { checks: [check('BLOCKED'), ...Array(3).fill(check('PASS'))] }, [], 6],
  ['the budget has no room for most', { checks: [unaffordable, check('PASS')] }, [], 6],
  ['a check failed itself', { checks: [check('ERROR'), check('FAIL')] }, [], 70],
  ['the contract lane failed itself', { lane: 'ERROR' }, [], 70],
  ['the run was interrupted', { checks: [check('FAIL')], interrupted: true }, [], 130],
])('%s', (_, told, failOn, code) => {
  expect(exitCode(told, ...failOn)).toBe(code)
})
