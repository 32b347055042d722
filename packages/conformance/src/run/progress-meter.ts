import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import type { CheckResult } from '../report.ts'
import type { Session } from '../wire/session.ts'
import type { SuitePlan } from './plan-suite.ts'

/** Progress of a run. */
export interface Progress {
  phase: 'send' | 'judge' | 'contract'
  /** The current check. */
  check?: Check | undefined
  /** Number of finished requests or checks. */
  done: number
  total: number
  /** Seconds of audio sent so far. */
  audioSeconds: number
  /**
   * Ids of the failed checks.
   * In the phase `send` they are neither confirmed nor compared with known deviations.
   */
  failed: readonly string[]
}

/** Reports the progress of a run. */
export class ProgressMeter {
  readonly #report: (progress: Progress) => void
  readonly #doubtful = new Set<string>()
  #audioSeconds = 0

  constructor(report: (progress: Progress) => void) {
    this.#report = report
  }

  /** Records the end of one exchange. */
  recordExchange({ request }: Exchange, { checks, distinct, context }: SuitePlan, session: Session): void {
    const users = checks.filter(({ requests }) => requests.some(({ id }) => id === request.id))
    for (const { check, requests } of users) {
      const exchanges = requests.map((one) => session.exchangesOf(one))
      if (exchanges.some(({ length }) => length === 0)) continue
      const isDoubtful = check.judge(exchanges.flat(), context).some(({ severity }) => severity === 'fail')
      if (isDoubtful) this.#doubtful.add(check.id)
    }
    this.#audioSeconds = session.cost.audioSeconds
    this.#report({
      phase: 'send',
      check: users[0]?.check,
      done: distinct.filter((one) => session.exchangesOf(one).length > 0).length,
      total: distinct.length,
      audioSeconds: this.#audioSeconds,
      failed: [...this.#doubtful],
    })
  }

  /** Records the verdict of one check, the last of `results`. */
  recordVerdict(check: Check, results: readonly CheckResult[], { checks }: SuitePlan): void {
    const failed = results.filter(({ verdict }) => verdict === 'FAIL').map(({ id }) => id)
    this.#report({
      phase: 'judge',
      check,
      done: results.length,
      total: checks.length,
      audioSeconds: this.#audioSeconds,
      failed,
    })
  }

  /** Records the start of the contract lane. */
  recordLane(total: number): void {
    this.#report({ phase: 'contract', done: 0, total, audioSeconds: this.#audioSeconds, failed: [] })
  }
}
