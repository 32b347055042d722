import type { DriftFinding } from '../drift-finding.ts'
import type { CheckResult, Report } from '../report.ts'
import { budgetExceeded } from '../wire/cost.ts'

/** Names for `failOn`: results besides a failed MUST that fail the run. */
export const failOnNames = ['should', 'warn', 'flaky', 'stale', 'drift'] as const
export type FailOn = (typeof failOnNames)[number]

/** A greater share of undecided checks makes the run inconclusive. */
const maxUndecided = 0.2

type RunOutcome = Pick<Report, 'checks' | 'counts' | 'drift'> & {
  contractLane?: Report['contractLane'] | undefined
  startedAt: string
  interrupted: boolean
}

/**
 * Returns the exit code of a run and its meaning in words.
 *
 * @param allowFlaky - If set, a MUST check may fail once and pass when repeated.
 */
export function conclude(
  outcome: RunOutcome,
  failOn: readonly FailOn[],
  allowFlaky: boolean = false,
): Report['conclusion'] {
  const { checks, counts, contractLane, interrupted } = outcome
  const musts = checks.filter((check) => isFailedMust(check) || (!allowFlaky && isFlakyMust(check)))
  const gates = countGates(outcome)
  const gate = failOn.find((name) => gates[name] > 0)
  const unaffordable = checks.filter(({ findings }) =>
    findings.some(({ message }) => message === budgetExceeded),
  ).length
  const undecided = counts.BLOCKED + counts.INCONCLUSIVE + unaffordable
  if (interrupted) return { exitCode: 130, text: 'interrupted: requests that were not sent are not judged' }
  if (counts.ERROR) return { exitCode: 70, text: `${counts.ERROR} checks failed themselves: a fault of this suite` }
  if (musts.length) return { exitCode: 1, text: `does not conform: ${musts.map(nameOf).join(', ')}` }
  if (contractLane?.verdict === 'FAIL') return { exitCode: 1, text: 'does not conform: the contract lane fails' }
  if (contractLane?.verdict === 'ERROR') return { exitCode: 70, text: 'the contract lane failed itself' }
  if (gate) return { exitCode: 5, text: `conforms, but does not pass --fail-on ${gate} (${gates[gate]})` }
  if (undecided > maxUndecided * checks.length)
    return { exitCode: 6, text: `inconclusive: ${undecided} of ${checks.length} checks are undecided` }
  const exceptions = [counts.KNOWN && `${counts.KNOWN} known`, counts.WAIVED && `${counts.WAIVED} waived`].filter(
    Boolean,
  )
  return { exitCode: 0, text: exceptions.length ? `conforms, except for ${exceptions.join(' and ')}` : 'conforms' }
}

const isFailedMust = ({ verdict, level, critical }: CheckResult): boolean =>
  verdict === 'FAIL' && (level === 'MUST' || critical)

/** A check that mixes up two clients only sometimes is as harmful as one that always does. */
const isFlakyMust = ({ verdict, level, critical, findings }: CheckResult): boolean =>
  verdict === 'FLAKY' &&
  (level === 'MUST' || critical) &&
  findings.some(({ severity, known, waiver }) => severity === 'fail' && !known && !waiver)

const nameOf = ({ id, verdict }: CheckResult): string => (verdict === 'FLAKY' ? `${id} (flaky)` : id)

function countGates({ checks, counts, drift, startedAt }: RunOutcome): Record<FailOn, number> {
  return {
    should: checks.filter((check) => check.verdict === 'FAIL' && !isFailedMust(check)).length,
    warn: counts.WARN,
    flaky: counts.FLAKY,
    stale: counts.STALE,
    drift: drift.filter((finding) => isBreakingDrift(finding) && isNewDrift(finding, startedAt)).length,
  }
}

/** Returns true if a drift breaks clients that follow the contract. */
export const isBreakingDrift = ({ severity }: DriftFinding): boolean =>
  severity === 'critical' || severity === 'breaking'

/** Returns true if neither the gateway's overlay nor the baseline of a run has the drift. */
export const isNewDrift = ({ known, firstSeen }: DriftFinding, startedAt: string): boolean =>
  !known && (firstSeen === undefined || firstSeen >= startedAt)
