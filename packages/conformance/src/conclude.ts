import type { CheckResult, Report, Verdict } from './report.ts'

/** What a gate may be put on besides a MUST that fails. */
export const failOnNames = ['should', 'warn', 'flaky', 'stale', 'drift'] as const
export type FailOn = (typeof failOnNames)[number]

/** A greater share of checks that could not tell makes the run inconclusive. */
const maxUntold = 0.2

interface Outcome {
  checks: readonly CheckResult[]
  counts: Record<Verdict, number>
  interrupted: boolean
  /** Whether the contract lane found what is not as documented. */
  laneFailed: boolean
  /** Checks that the budget left out. */
  unrunnable: number
  /** Breaking drift that neither the gateway's overlay nor the baseline has. */
  newDrift?: number
}

/** The exit code of a run, and what it says in words. */
export function conclude(
  { checks, counts, interrupted, laneFailed, unrunnable, newDrift = 0 }: Outcome,
  failOn: readonly FailOn[],
): Report['conclusion'] {
  const failed = checks.filter(({ verdict }) => verdict === 'FAIL')
  const musts = failed.filter(({ level, critical }) => level === 'MUST' || critical)
  const gates: Record<FailOn, number> = {
    should: failed.length - musts.length,
    warn: counts.WARN,
    flaky: counts.FLAKY,
    stale: counts.STALE,
    drift: newDrift,
  }
  const gate = failOn.find((name) => gates[name] > 0)
  const untold = counts.BLOCKED + counts.INCONCLUSIVE + unrunnable
  if (interrupted) return { exitCode: 130, text: 'interrupted: what was not sent is not judged' }
  if (counts.ERROR) return { exitCode: 70, text: `${counts.ERROR} checks failed themselves: a fault of this suite` }
  if (musts.length) return { exitCode: 1, text: `does not conform: ${musts.map(({ id }) => id).join(', ')}` }
  if (laneFailed) return { exitCode: 1, text: 'does not conform: the contract lane fails' }
  if (gate) return { exitCode: 5, text: `conforms, and does not pass --fail-on ${gate} (${gates[gate]})` }
  if (untold > maxUntold * checks.length)
    return { exitCode: 6, text: `inconclusive: ${untold} of ${checks.length} checks could not tell` }
  const exceptions = counts.KNOWN + counts.WAIVED
  return {
    exitCode: 0,
    text: exceptions ? `conforms, but for ${counts.KNOWN} known and ${counts.WAIVED} waived` : 'conforms',
  }
}
