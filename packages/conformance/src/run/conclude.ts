import { budgetExceeded } from '../wire/cost.ts'
import type { DriftFinding } from '../drift-finding.ts'
import type { Report } from '../report.ts'

/** What a gate may be put on besides a MUST that fails. */
export const failOnNames = ['should', 'warn', 'flaky', 'stale', 'drift'] as const
export type FailOn = (typeof failOnNames)[number]

/** A greater share of checks that could not tell makes the run inconclusive. */
const maxUntold = 0.2

type RunOutcome = Pick<Report, 'checks' | 'counts' | 'contractLane' | 'drift'> & {
  startedAt: string
  interrupted: boolean
}

/** The exit code of a run, and what it says in words. */
export function conclude(
  { checks, counts, contractLane, drift, startedAt, interrupted }: RunOutcome,
  failOn: readonly FailOn[],
): Report['conclusion'] {
  const failed = checks.filter(({ verdict }) => verdict === 'FAIL')
  const musts = failed.filter(({ level, critical }) => level === 'MUST' || critical)
  const gates: Record<FailOn, number> = {
    should: failed.length - musts.length,
    warn: counts.WARN,
    flaky: counts.FLAKY,
    stale: counts.STALE,
    drift: drift.filter((finding) => isBreakingDrift(finding) && isNewDrift(finding, startedAt)).length,
  }
  const gate = failOn.find((name) => gates[name] > 0)
  const unaffordable = checks.filter(({ findings }) =>
    findings.some(({ message }) => message === budgetExceeded),
  ).length
  const untold = counts.BLOCKED + counts.INCONCLUSIVE + unaffordable
  if (interrupted) return { exitCode: 130, text: 'interrupted: what was not sent is not judged' }
  if (counts.ERROR) return { exitCode: 70, text: `${counts.ERROR} checks failed themselves: a fault of this suite` }
  if (musts.length) return { exitCode: 1, text: `does not conform: ${musts.map(({ id }) => id).join(', ')}` }
  if (contractLane?.verdict === 'FAIL') return { exitCode: 1, text: 'does not conform: the contract lane fails' }
  if (contractLane?.verdict === 'ERROR') return { exitCode: 70, text: 'the contract lane failed itself' }
  if (gate) return { exitCode: 5, text: `conforms, and does not pass --fail-on ${gate} (${gates[gate]})` }
  if (untold > maxUntold * checks.length)
    return { exitCode: 6, text: `inconclusive: ${untold} of ${checks.length} checks could not tell` }
  const exceptions = [counts.KNOWN && `${counts.KNOWN} known`, counts.WAIVED && `${counts.WAIVED} waived`].filter(
    Boolean,
  )
  return { exitCode: 0, text: exceptions.length ? `conforms, but for ${exceptions.join(' and ')}` : 'conforms' }
}

/** Whether a client that follows the contract is broken by it. */
export const isBreakingDrift = ({ severity }: DriftFinding): boolean =>
  severity === 'critical' || severity === 'breaking'

/** Whether neither the gateway's overlay has it nor, by the day on which it was first seen, the baseline of a run that started then. */
export const isNewDrift = ({ known, firstSeen }: DriftFinding, startedAt: string): boolean =>
  !known && (firstSeen === undefined || firstSeen >= startedAt)
