import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import type { SuitePlan } from './plan-suite.ts'
import type { CheckResult } from '../report.ts'
import type { Session } from '../wire/session.ts'

/** How far a run is. */
export interface Progress {
  phase: 'send' | 'judge' | 'contract'
  /** The check that it is at. */
  check?: Check
  /** Requests or checks. */
  done: number
  total: number
  /** Of audio, sent so far. */
  audioSeconds: number
  /** Ids of the checks that fail so far. While things are sent, none of them is confirmed yet, or told apart from what is known. */
  failed: readonly string[]
}

/** Tells how far a run is. */
export class ProgressMeter {
  readonly #tell: (progress: Progress) => void
  readonly #doubtful = new Set<string>()
  #audioSeconds = 0

  constructor(tell: (progress: Progress) => void) {
    this.#tell = tell
  }

  /** One more request has been answered. */
  sent({ request }: Exchange, { checks, distinct, context }: SuitePlan, session: Session): void {
    const askers = checks.filter(({ requests }) => requests.some(({ id }) => id === request.id))
    for (const { check, requests } of askers) {
      const exchanges = requests.map((one) => session.of(one))
      if (exchanges.some(({ length }) => length === 0)) continue
      const isDoubtful = check.judge(exchanges.flat(), context).some(({ severity }) => severity === 'fail')
      if (isDoubtful) this.#doubtful.add(check.id)
    }
    this.#audioSeconds = session.cost.audioSeconds
    this.#tell({
      phase: 'send',
      ...(askers[0] && { check: askers[0].check }),
      done: distinct.filter((one) => session.of(one).length > 0).length,
      total: distinct.length,
      audioSeconds: this.#audioSeconds,
      failed: [...this.#doubtful],
    })
  }

  /** One more check has been judged. */
  judged(check: Check, results: readonly CheckResult[], { checks }: SuitePlan): void {
    const failed = results.filter(({ verdict }) => verdict === 'FAIL').map(({ id }) => id)
    this.#tell({
      phase: 'judge',
      check,
      done: results.length,
      total: checks.length,
      audioSeconds: this.#audioSeconds,
      failed,
    })
  }

  /** The contract lane begins. */
  contract(total: number): void {
    this.#tell({ phase: 'contract', done: 0, total, audioSeconds: this.#audioSeconds, failed: [] })
  }
}
