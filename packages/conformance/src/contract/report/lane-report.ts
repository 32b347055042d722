import type { LaneProblem } from './lane-problem.ts'

export type LaneOutcome = 'pass' | 'fail' | 'known' | 'uncovered' | 'not-provoked'

/**
 * One request of the contract lane with its outcome, or a documented response that has no scenario.
 */
export interface LaneResult {
  operationId: string
  method: string
  path: string
  /** The documented status that the scenario expects. */
  status: string
  mediaType?: string | undefined
  /** Name of the scenario; absent for an uncovered response. */
  scenario?: string
  outcome: LaneOutcome
  problems: LaneProblem[]
  /** Reason why the outcome is neither pass nor fail; names the deviation if it is known. */
  note?: string | undefined
  request?: LaneRequest | undefined
  /** The body is cut after 2,000 characters. */
  response?: { status: number; headers: Record<string, string>; body: string } | undefined
  ms: number
}

export interface LaneRequest {
  url: string
  headers: Record<string, string>
  bytes: number
  /** Command that sends it again; present if the scenario failed. */
  curl?: string
}

/** The report of the contract lane: the content of `contract.json`. */
export interface LaneReport {
  title: string
  url: string
  startedAt: string
  ms: number
  versions: Record<string, string>
  /** True if no documented response failed or is uncovered. */
  ok: boolean
  counts: Record<LaneOutcome, number>
  /** The counts by `operationId status`. */
  statuses: Record<string, Record<LaneOutcome, number>>
  results: LaneResult[]
}

/** Counts the outcomes. An uncovered response is as bad as a failed one. */
export function countOutcomes(results: LaneResult[]): Pick<LaneReport, 'ok' | 'counts' | 'statuses'> {
  const counts = zeroCounts()
  const statuses: LaneReport['statuses'] = {}
  for (const { operationId, status, outcome } of results) {
    counts[outcome]++
    ;(statuses[`${operationId} ${status}`] ??= zeroCounts())[outcome]++
  }
  return { ok: counts.fail === 0 && counts.uncovered === 0, counts, statuses }
}

const zeroCounts = (): Record<LaneOutcome, number> => ({
  pass: 0,
  fail: 0,
  known: 0,
  uncovered: 0,
  'not-provoked': 0,
})
