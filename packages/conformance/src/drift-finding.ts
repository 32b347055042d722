import { createHash } from 'node:crypto'
import { driftSeverities, type DriftClass, type DriftSeverity } from './drift-class.ts'

/** Who is wrong, from where the contract, the gateway's own description and its answers differ. */
export type DriftVerdict = 'conforms' | 'implementation' | 'other-version' | 'stale-description' | 'unmanaged'

/** One difference between the contract and what a gateway declares or answers. */
export interface DriftFinding {
  class: DriftClass
  severity: DriftSeverity
  /** JSON Pointer into the contract's description; the references on the way are followed. */
  pointer: string
  message: string
  /** Status, or statuses joined by commas. */
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
  /** What to change in the description for it to say what was seen. Empty where it cannot say so. */
  changes: DriftChange[]
  /** The overlay of the gateway declares it. */
  known?: true
  /** ISO 8601; from the baseline where it was there already. */
  firstSeen?: string
}

/** One change of a description; `add` and `drop` are about an item of the list at the pointer. */
export interface DriftChange {
  pointer: string
  action: 'set' | 'remove' | 'add' | 'drop'
  value?: unknown
}

/** A difference as a comparison finds it, before anything is known of where else it was seen. */
export interface Draft {
  class: DriftClass
  pointer: string
  message: string
  status?: string
  /** What tells apart two of the same class at the same place. */
  shape?: string
  samples?: number
  examples?: string[]
  changes?: DriftChange[]
}

/** A finding from a difference that was seen in one place. */
export function toDriftFinding(draft: Draft, seenIn: 'description' | 'answers'): DriftFinding {
  const { class: name, pointer, message, status, shape = '', samples = 0, examples = [], changes = [] } = draft
  // The envelope of errors is one cause, however many statuses happened to be provoked.
  const place = name === 'error-envelope-changed' ? '' : (status ?? '')
  return {
    class: name,
    severity: driftSeverities[name],
    pointer,
    message,
    ...(status !== undefined && { status }),
    seenIn: [seenIn],
    verdict: seenIn === 'description' ? 'other-version' : 'implementation',
    samples,
    examples: examples.slice(0, 3),
    fingerprint: createHash('sha256')
      .update(JSON.stringify([name, pointer, place, shape]))
      .digest('hex'),
    changes,
  }
}

/** A JSON Pointer (RFC 6901) that goes on from another one by these keys. */
export function pointerTo(base: string, ...keys: string[]): string {
  return base + keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
