import type { Problem } from './problem.ts'

export type Outcome = 'pass' | 'fail' | 'uncovered' | 'not-provoked'

/** One request of the contract run and what became of it, or a documented response for which there is none. */
export interface ContractResult {
  operationId: string
  method: string
  path: string
  /** The documented status that is owed. */
  status: string
  mediaType?: string
  /** Name of the scenario; none for an uncovered response. */
  scenario?: string
  outcome: Outcome
  problems: Problem[]
  /** Why the outcome is neither pass nor fail. */
  note?: string
  request?: { url: string; headers: Record<string, string>; bytes: number }
  /** The body is cut after 2,000 characters. */
  response?: { status: number; headers: Record<string, string>; body: string }
  ms: number
}

/** The report of a contract run: what `contract.json` holds. */
export interface ContractReport {
  title: string
  url: string
  startedAt: string
  ms: number
  versions: Record<string, string>
  /** True when every documented response that can be provoked is as documented. */
  ok: boolean
  counts: Record<Outcome, number>
  /** The counts by `operationId status`. */
  statuses: Record<string, Record<Outcome, number>>
  results: ContractResult[]
}

/** Counts the outcomes; a documented response without a scenario is as bad as a failed one. */
export function summarize(results: ContractResult[]): Pick<ContractReport, 'ok' | 'counts' | 'statuses'> {
  const counts = none()
  const statuses: ContractReport['statuses'] = {}
  for (const { operationId, status, outcome } of results) {
    counts[outcome]++
    ;(statuses[`${operationId} ${status}`] ??= none())[outcome]++
  }
  return { ok: counts.fail === 0 && counts.uncovered === 0, counts, statuses }
}

const none = (): Record<Outcome, number> => ({ pass: 0, fail: 0, uncovered: 0, 'not-provoked': 0 })
