import type { DriftSeverity } from '../drift-class.ts'
import { nameOf, type CheckResult, type Report, type Verdict } from '../report.ts'

export interface VerdictFacts {
  meaning: string
  /** Outcome for CI systems, which have fewer verdicts. */
  outcome: 'passed' | 'failed' | 'skipped' | 'other'
  tone: 'good' | 'note' | 'bad' | 'quiet'
}

/** Meaning of each verdict, the most severe first. */
export const verdictFacts: Record<Verdict, VerdictFacts> = {
  FAIL: { meaning: 'violates the contract', outcome: 'failed', tone: 'bad' },
  ERROR: { meaning: 'the suite itself failed', outcome: 'failed', tone: 'bad' },
  FLAKY: { meaning: 'failed once and then passed', outcome: 'passed', tone: 'note' },
  WARN: { meaning: 'works, but should be improved', outcome: 'passed', tone: 'note' },
  STALE: { meaning: 'a known deviation or a waiver that no longer applies', outcome: 'passed', tone: 'note' },
  INCONCLUSIVE: { meaning: 'no verdict is possible', outcome: 'other', tone: 'note' },
  KNOWN: { meaning: 'a known deviation of this gateway', outcome: 'other', tone: 'quiet' },
  WAIVED: { meaning: 'waived by the operator', outcome: 'other', tone: 'quiet' },
  BLOCKED: { meaning: 'a check that it depends on failed', outcome: 'skipped', tone: 'quiet' },
  SKIPPED: { meaning: 'does not apply to this run', outcome: 'skipped', tone: 'quiet' },
  DISABLED: { meaning: 'requires an option to allow it', outcome: 'skipped', tone: 'quiet' },
  PASS: { meaning: 'as required', outcome: 'passed', tone: 'good' },
}

/** Returns the outcome of a check for CI systems. A FLAKY check may fail the run. */
export function outcomeOf(check: CheckResult, { failures }: Pick<Report, 'failures'>): VerdictFacts['outcome'] {
  const { verdict } = check
  return verdict === 'FLAKY' && failures.includes(nameOf(check)) ? 'failed' : verdictFacts[verdict].outcome
}

/** Sorts checks by the severity of their verdict, the most severe first. */
export function sortBySeverity<T extends { verdict: Verdict }>(checks: readonly T[]): T[] {
  const rank = Object.keys(verdictFacts)
  return checks.toSorted((left, right) => rank.indexOf(left.verdict) - rank.indexOf(right.verdict))
}

/** Tone of each severity of drift. */
export const severityTones: Record<DriftSeverity, VerdictFacts['tone']> = {
  critical: 'bad',
  breaking: 'bad',
  warning: 'note',
  additive: 'quiet',
  info: 'quiet',
}
