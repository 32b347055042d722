import type { Harm } from '../check.ts'
import type { DriftFinding } from '../drift-finding.ts'
import { nameOf, type CheckResult, type Report } from '../report.ts'
import { budgetExceeded } from '../wire/cost.ts'

/** Names for `failOn`: results besides a failed MUST that fail the run. */
export const failOnNames = ['should', 'warn', 'flaky', 'stale', 'drift'] as const
export type FailOn = (typeof failOnNames)[number]

/** A greater share of undecided checks makes the run inconclusive. */
const maxUndecided = 0.2

type RunOutcome = Pick<Report, 'checks' | 'counts' | 'drift' | 'deviations' | 'waivers'> & {
  contractLane?: Report['contractLane'] | undefined
  startedAt: string
  interrupted: boolean
  /** Number of transcripts in the responses to valid recordings, if any was sent. */
  transcripts?: number | undefined
}

/** A reason to fail a run. */
export interface RunFailure {
  /** Id of a check, a scenario or a deviation, `waiver-ID`, or the fingerprint of a drift. */
  id: string
  /** The name in the conclusion. */
  name: string
  /** A failed requirement or scenario, a fault of the suite itself, or a condition of `failOn`. */
  kind: 'requirement' | 'scenario' | 'fault' | FailOn
}

/**
 * Lists everything that fails a run, the most harmful first.
 *
 * @param allowFlaky - If set, a MUST check may fail once and pass when repeated.
 */
export function listFailures(
  outcome: RunOutcome,
  failOn: readonly FailOn[] = [],
  allowFlaky: boolean = false,
): RunFailure[] {
  const musts = outcome.checks.filter((check) => isFailedMust(check) || (!allowFlaky && isFlakyMust(check)))
  const faults = outcome.checks.filter(({ verdict }) => verdict === 'ERROR')
  const failures = [
    ...sortByHarm(musts, outcome.checks).map((check): RunFailure => ({ ...toNamed(check), kind: 'requirement' })),
    ...listLaneFailures(outcome),
    ...faults.map((check): RunFailure => ({ id: nameOf(check), name: nameOf(check), kind: 'fault' })),
    ...failOn.flatMap((kind) => listGated(outcome)[kind].map((named): RunFailure => ({ ...named, kind }))),
  ]
  return failures.filter(({ id }, index) => failures.findIndex((failure) => failure.id === id) === index)
}

/** Returns the exit code of a run and its meaning in words. */
export function conclude(outcome: RunOutcome, failures: readonly RunFailure[]): Report['conclusion'] {
  const { checks, counts, interrupted } = outcome
  const namesOf = (kind: RunFailure['kind']) =>
    failures
      .filter((failure) => failure.kind === kind)
      .map(({ name }) => name)
      .join(', ')
  const undecided = counts.BLOCKED + counts.INCONCLUSIVE + checks.filter(isUnaffordable).length
  const faults = namesOf('fault')
  const scenarios = namesOf('scenario') && `contract lane: ${namesOf('scenario')}`
  const broken = [namesOf('requirement'), scenarios].filter(Boolean).join('; ')
  const nonconformance = broken && `does not conform: ${broken}`
  const gates = failOnNames.filter(namesOf).map((gate) => `--fail-on ${gate}: ${namesOf(gate)}`)
  if (interrupted) return { exitCode: 130, text: 'interrupted: requests that were not sent are not judged' }
  if (faults) {
    const text = `not fully judged: ${faults} failed, a fault of this suite`
    return { exitCode: 70, text: nonconformance ? `${nonconformance}; ${text}` : text }
  }
  if (nonconformance) return { exitCode: 1, text: nonconformance }
  // Known deviations may excuse each response, but such a gateway is of no use.
  if (outcome.transcripts === 0) return { exitCode: 6, text: 'inconclusive: no recording was transcribed' }
  if (gates.length) return { exitCode: 5, text: `conforms, but does not pass ${gates.join('; ')}` }
  if (undecided > maxUndecided * checks.length)
    return { exitCode: 6, text: `inconclusive: ${undecided} of ${checks.length} checks are undecided` }
  const exceptions = listExceptions(outcome)
  return { exitCode: 0, text: exceptions.length ? `conforms, except for ${exceptions.join(' and ')}` : 'conforms' }
}

/** Lists what a run that passes excuses or leaves to the reader. */
function listExceptions(outcome: RunOutcome): string[] {
  const { KNOWN, WAIVED } = outcome.counts
  const drifted = listNewDrift(outcome).map((finding) => finding.class)
  return [
    KNOWN && `${KNOWN} known`,
    WAIVED && `${WAIVED} waived`,
    drifted.length && `drift (${[...new Set(drifted)].join(', ')})`,
  ].filter((exception) => typeof exception === 'string')
}

const listNewDrift = ({ drift, startedAt }: RunOutcome): DriftFinding[] =>
  drift.filter((finding) => isBreakingDrift(finding) && isNewDrift(finding, startedAt))

const isUnaffordable = ({ findings }: CheckResult): boolean =>
  findings.some(({ message }) => message === budgetExceeded)

const isFailedMust = ({ verdict, level, critical }: CheckResult): boolean =>
  verdict === 'FAIL' && (level === 'MUST' || critical)

/** A check that mixes up two clients only sometimes is as harmful as one that always does. */
const isFlakyMust = ({ verdict, level, critical, findings }: CheckResult): boolean =>
  verdict === 'FLAKY' &&
  (level === 'MUST' || critical) &&
  findings.some(({ severity, known, waiver }) => severity === 'fail' && !known && !waiver)

const harms: readonly Harm[] = ['wrong-data', 'security', 'client-breaks', 'quality', 'none']

/** Sorts checks by harm. A check that blocks others comes first. */
function sortByHarm(failed: readonly CheckResult[], checks: readonly CheckResult[]): CheckResult[] {
  const blocked = checks.find(({ verdict }) => verdict === 'BLOCKED')
  const [blocker] = blocked?.findings[0]?.message.split(' ') ?? []
  const rank = ({ id, harm }: CheckResult) => (id === blocker ? -1 : harms.indexOf(harm))
  return failed.toSorted((one, other) => rank(one) - rank(other))
}

type Named = Pick<RunFailure, 'id' | 'name'>

function toNamed(check: CheckResult): Named {
  const id = nameOf(check)
  return { id, name: check.verdict === 'FLAKY' ? `${id} (flaky)` : id }
}

function listLaneFailures({ contractLane }: RunOutcome): RunFailure[] {
  const { verdict, failures = [], note = 'no reason given', results } = contractLane ?? {}
  const lane = { id: 'contract-lane', name: `the contract lane (${note})` }
  if (verdict === 'ERROR') return [{ ...lane, kind: 'fault' }]
  // The checks that found these failures are listed themselves.
  if (verdict !== 'FAIL' || results) return []
  if (!failures.length) return [{ ...lane, kind: 'requirement' }]
  return failures.map(({ id }) => ({ id, name: id, kind: 'scenario' }))
}

/** Lists for each condition what meets it. */
function listGated(outcome: RunOutcome): Record<FailOn, Named[]> {
  const { checks, deviations, waivers } = outcome
  const inState = (verdict: CheckResult['verdict']) => checks.filter((check) => check.verdict === verdict).map(toNamed)
  const failed = checks.filter((check) => check.verdict === 'FAIL' && !isFailedMust(check))
  const stale = deviations.filter(({ state }) => state === 'stale').map(({ id }) => ({ id, name: id }))
  return {
    should: failed.map(toNamed),
    warn: inState('WARN'),
    flaky: inState('FLAKY'),
    // A waiver has the id of its check.
    stale: [...inState('STALE'), ...stale, ...waivers.stale.map((id) => ({ id: `waiver-${id}`, name: id }))],
    drift: listNewDrift(outcome).map(({ fingerprint, class: name, message }) => ({
      id: fingerprint,
      name: `${name} (${message})`,
    })),
  }
}

/** Returns true if a drift breaks clients that follow the contract. */
export const isBreakingDrift = ({ severity }: DriftFinding): boolean =>
  severity === 'critical' || severity === 'breaking'

/** Returns true if neither the gateway's overlay nor the baseline of a run has the drift. */
export const isNewDrift = ({ known, firstSeen }: DriftFinding, startedAt: string): boolean =>
  !known && (firstSeen === undefined || firstSeen >= startedAt)
