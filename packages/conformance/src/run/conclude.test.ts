import { expect, test } from 'vitest'
import type { CheckResult, Report, Verdict } from '../report.ts'
import { countSampleVerdicts, sampleCheck, sampleDrift, sampleReport } from '../testing/sample-report.ts'
import { budgetExceeded } from '../wire/cost.ts'
import { conclude, listFailures, type FailOn } from './conclude.ts'

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
  transcripts?: number
  allowFlaky?: boolean
}

function judge(
  { checks = [resultWith('PASS')], lane, drift = [], interrupted = false, transcripts, allowFlaky }: SampleOutcome,
  ...failOn: FailOn[]
) {
  const counts = countSampleVerdicts(checks)
  const { failures } = sampleReport().contractLane!
  const contractLane = lane && {
    verdict: lane,
    pass: 1,
    fail: 0,
    known: 0,
    notProvoked: 0,
    failures: lane === 'FAIL' ? failures : [],
  }
  const waivers = { applied: [], stale: ['ME-03'], expired: [] }
  const outcome = { checks, counts, drift, deviations: [], waivers, startedAt, interrupted, transcripts, contractLane }
  const listed = listFailures(outcome, failOn, allowFlaky)
  return { ...conclude(outcome, listed), failures: listed.map(({ id }) => id) }
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
  ['no recording was transcribed', { checks: [resultWith('KNOWN')], transcripts: 0 }, [], 6],
  ['no recording was transcribed, and a MUST fails', { checks: [resultWith('FAIL')], transcripts: 0 }, [], 1],
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
  ['a stale waiver fails its gate', {}, ['stale'], 5],
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
  ['a check throws', { checks: [resultWith('ERROR'), { ...should, id: 'ME-03' }] }, [], 70],
  ['the contract lane throws', { lane: 'ERROR' }, [], 70],
  ['the run was interrupted', { checks: [resultWith('FAIL')], interrupted: true }, [], 130],
])('%s', (_, outcome, failOn, code) => {
  expect(judge(outcome, ...failOn).exitCode).toBe(code)
})

const flaky = resultWith('FLAKY', { id: 'TR-04', findings: failed, harm: 'client-breaks' })
const swapped = resultWith('FAIL', { id: 'SE-15', harm: 'wrong-data' })
const warned = resultWith('WARN', { id: 'HD-08', level: 'MAY' })
const thrown = resultWith('ERROR', { id: 'ER-01' })

test.each<[outcome: SampleOutcome, failOn: FailOn[], text: string, failures: string[]]>([
  [{ checks: [resultWith('PASS')] }, [], 'conforms', []],
  [
    { checks: [resultWith('KNOWN')], drift: [{ ...sampleDrift, firstSeen: startedAt }, sampleDrift] },
    [],
    'conforms, except for 1 known and drift (response-became-nullable)',
    [],
  ],
  [
    { checks: [flaky, swapped, warned], lane: 'FAIL' },
    ['warn'],
    'does not conform: SE-15, TR-04 (flaky); contract lane: CT-422a',
    ['SE-15', 'TR-04', 'CT-422a', 'HD-08'],
  ],
  [
    { checks: [warned], drift: [{ ...sampleDrift, firstSeen: startedAt }] },
    ['drift', 'warn', 'stale'],
    'conforms, but does not pass --fail-on warn: HD-08; --fail-on stale: ME-03; --fail-on drift: response-became-nullable (may be null)',
    [sampleDrift.fingerprint, 'HD-08', 'waiver-ME-03'],
  ],
  [
    { checks: [thrown, swapped] },
    [],
    'does not conform: SE-15; not fully judged: ER-01 failed, a fault of this suite',
    ['SE-15', 'ER-01'],
  ],
])('names everything that fails the run: %#', (outcome, failOn, text, failures) => {
  expect(judge(outcome, ...failOn)).toMatchObject({ text, failures })
})
