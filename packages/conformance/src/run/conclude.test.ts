import { expect, test } from 'vitest'
import type { CheckResult, Report, Verdict } from '../report.ts'
import { countSampleVerdicts, sampleCheck, sampleDrift } from '../testing/sample-report.ts'
import { budgetExceeded } from '../wire/cost.ts'
import { conclude, type FailOn } from './conclude.ts'

const startedAt = '2026-11-22T12:00:00.000Z'

const resultWith = (verdict: Verdict, changes: Partial<CheckResult> = {}): CheckResult => ({
  ...sampleCheck,
  verdict,
  findings: [],
  level: 'MUST',
  critical: false,
  ...changes,
})

interface SampleOutcome {
  checks?: CheckResult[]
  lane?: NonNullable<Report['contractLane']>['verdict']
  drift?: Report['drift']
  interrupted?: boolean
  allowFlaky?: boolean
}

function exitCodeOf(
  { checks = [resultWith('PASS')], lane, drift = [], interrupted = false, allowFlaky }: SampleOutcome,
  ...failOn: FailOn[]
) {
  const counts = countSampleVerdicts(checks)
  const contractLane = lane && { verdict: lane, pass: 1, fail: 0, known: 0, notProvoked: 0 }
  return conclude({ checks, counts, drift, startedAt, interrupted, contractLane }, failOn, allowFlaky).exitCode
}

const failed: CheckResult['findings'] = [{ severity: 'fail', message: 'saw 500', fingerprint: '' }]
const should = resultWith('FAIL', { level: 'SHOULD' })
const unaffordable = resultWith('SKIPPED', {
  findings: [{ severity: 'skip', message: budgetExceeded, fingerprint: '' }],
})

test.each<[title: string, outcome: SampleOutcome, failOn: FailOn[], code: number]>([
  ['every check passes', {}, [], 0],
  ['a SHOULD fails', { checks: [should] }, [], 0],
  ['known and waived failures', { checks: [resultWith('KNOWN'), resultWith('WAIVED')] }, [], 0],
  ['a MUST fails', { checks: [resultWith('FAIL')] }, [], 1],
  ['a critical check fails', { checks: [{ ...should, critical: true }] }, [], 1],
  ['a MUST is flaky', { checks: [resultWith('FLAKY', { findings: failed })] }, [], 1],
  ['a flaky MUST is allowed', { checks: [resultWith('FLAKY', { findings: failed })], allowFlaky: true }, [], 0],
  ['a MUST has a flaky warning', { checks: [resultWith('FLAKY')] }, [], 0],
  ['a SHOULD is flaky', { checks: [resultWith('FLAKY', { findings: failed, level: 'SHOULD' })] }, [], 0],
  ['the contract lane fails', { lane: 'FAIL' }, [], 1],
  ['there is no contract lane', { lane: 'DISABLED' }, [], 0],
  ['a SHOULD fails its gate', { checks: [should] }, ['should'], 5],
  ['a warning fails its gate', { checks: [resultWith('WARN')] }, ['should', 'warn'], 5],
  ['a flaky check fails its gate', { checks: [resultWith('FLAKY')] }, ['flaky'], 5],
  ['a stale entry fails its gate', { checks: [resultWith('STALE')] }, ['stale'], 5],
  ['drift fails its gate', { drift: [{ ...sampleDrift, firstSeen: startedAt }] }, ['drift'], 5],
  ['drift of the baseline passes', { drift: [sampleDrift] }, ['drift'], 0],
  ['known drift passes', { drift: [{ ...sampleDrift, firstSeen: startedAt, known: true }] }, ['drift'], 0],
  [
    'a fifth of the checks is blocked',
    { checks: [resultWith('BLOCKED'), ...Array(4).fill(resultWith('PASS'))] },
    [],
    0,
  ],
  [
    'more than a fifth of the checks is blocked',
    { checks: [resultWith('BLOCKED'), ...Array(3).fill(resultWith('PASS'))] },
    [],
    6,
  ],
  ['the budget is too small for most checks', { checks: [unaffordable, resultWith('PASS')] }, [], 6],
  ['a check throws', { checks: [resultWith('ERROR'), resultWith('FAIL')] }, [], 70],
  ['the contract lane throws', { lane: 'ERROR' }, [], 70],
  ['the run was interrupted', { checks: [resultWith('FAIL')], interrupted: true }, [], 130],
])('%s', (_, outcome, failOn, code) => {
  expect(exitCodeOf(outcome, ...failOn)).toBe(code)
})
