import type { Condition } from './condition.ts'

/** One known difference between a gateway and the contract. */
export interface Deviation {
  /** Gateway and keyword, for example `go-livepeer/silent-200-on-get`. Stable. */
  id: string
  /** The difference as a client sees it. */
  summary: string
  /** The conditions under which it happens; one of them suffices. */
  when: readonly Condition[]
  /** The responses of the gateway then. The first one whose conditions hold is the usual one. */
  answers: readonly Answer[]
  /** `always`: the request alone decides. `sometimes`: a state of the gateway decides as well. */
  frequency: 'always' | 'sometimes'
  /**
   * The kind of evidence: observed on a running gateway (`run`), its logic executed elsewhere
   * (`replay`), read in its source (`source`), or reported by users (`issue`).
   */
  basis: 'run' | 'replay' | 'source' | 'issue'
  evidence: readonly Evidence[]
  /** The conformance checks that it fails. */
  checks: readonly string[]
  /** The workaround for a client. */
  cope: string
}

/**
 * The difference between a response and the contract. An absent member follows the contract.
 * In headers and body, a name in braces is variable. It is the name of a fact, for example
 * `{fields.model_id}`, or `{token}`, `{password}`, `{message}`, `{seconds}` or `{date}`.
 * A number stands in quotes. The body `{description}` is the gateway's description.
 */
export interface Answer {
  /** Further conditions; one of them suffices. Absent: possible whenever the deviation holds. */
  when?: readonly Condition[]
  status?: number
  /** The connection is closed without a response. */
  connection?: 'closed'
  headers?: Readonly<Record<string, string>>
  /** Headers that are missing, in lower case. */
  lacks?: readonly string[]
  mediaType?: string
  /** The body as sent. */
  body?: string
}

/** A source for a deviation: a recorded exchange, an issue or a file of the source. */
export interface Evidence {
  /** File in `spec/gateways/recordings/` and exchange, for example `gateway.jsonl#no token`. */
  recording?: string
  /** Owner and name on GitHub. */
  repository?: string
  /** Number of the issue or pull request. */
  issue?: number
  file?: string
  /** Line or range of lines of the file, for example `70-79`. */
  lines?: string
  /** Address of the source; absent for a recording. */
  url?: string
}
