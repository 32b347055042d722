/** How grave a drift is for a client that follows the contract. */
export type DriftSeverity = 'critical' | 'breaking' | 'warning' | 'additive' | 'info'

/** Who is wrong, from where the contract, the gateway's own description and its answers differ. */
export type DriftVerdict = 'conforms' | 'implementation' | 'other-version' | 'stale-description' | 'unmanaged'

/** One difference between the contract and what a gateway declares or answers. */
export interface DriftFinding {
  /** From the taxonomy, for example `response-type-changed`. */
  class: string
  severity: DriftSeverity
  /** JSON Pointer into the contract's description. */
  pointer: string
  message: string
  status?: string
  /** What it was seen in: the gateway's own description, its answers, or both. */
  seenIn: ('description' | 'answers')[]
  verdict: DriftVerdict
  /** How many answers it was seen in. */
  samples: number
  /** At most three, secrets cut. */
  examples: string[]
  /** sha256 of class, pointer, status and shape: the same in every run. */
  fingerprint: string
  /** ISO 8601; from the baseline where it was there already. */
  firstSeen?: string
}
