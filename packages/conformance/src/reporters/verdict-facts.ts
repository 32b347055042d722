import type { Verdict } from '../report.ts'

export interface VerdictFacts {
  meaning: string
  /** What CI systems are told that know fewer verdicts. */
  outcome: 'passed' | 'failed' | 'skipped' | 'other'
  tone: 'good' | 'note' | 'bad' | 'quiet'
}

/** What each verdict says to a reader, the gravest first. */
export const verdictFacts: Record<Verdict, VerdictFacts> = {
  FAIL: { meaning: 'not as it has to be', outcome: 'failed', tone: 'bad' },
  ERROR: { meaning: 'the suite itself failed', outcome: 'failed', tone: 'bad' },
  FLAKY: { meaning: 'failed once and then passed', outcome: 'passed', tone: 'note' },
  WARN: { meaning: 'works, and should be better', outcome: 'passed', tone: 'note' },
  STALE: { meaning: 'a known deviation or a waiver that no longer happens', outcome: 'passed', tone: 'note' },
  INCONCLUSIVE: { meaning: 'the answers allow no verdict', outcome: 'other', tone: 'note' },
  KNOWN: { meaning: 'a known deviation of this gateway', outcome: 'other', tone: 'quiet' },
  WAIVED: { meaning: 'waived by the operator', outcome: 'other', tone: 'quiet' },
  BLOCKED: { meaning: 'what it builds on failed', outcome: 'skipped', tone: 'quiet' },
  SKIPPED: { meaning: 'does not apply here', outcome: 'skipped', tone: 'quiet' },
  DISABLED: { meaning: 'has to be allowed first', outcome: 'skipped', tone: 'quiet' },
  PASS: { meaning: 'as it has to be', outcome: 'passed', tone: 'good' },
}

/** The checks of a report, those with the gravest verdict first, otherwise in their order. */
export function byGravity<T extends { verdict: Verdict }>(checks: readonly T[]): T[] {
  const rank = Object.keys(verdictFacts)
  return checks.toSorted((left, right) => rank.indexOf(left.verdict) - rank.indexOf(right.verdict))
}
