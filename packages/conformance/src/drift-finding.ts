import { createHash } from 'node:crypto'
import { driftSeverities, type DriftClass, type DriftSeverity } from './drift-class.ts'

/** The source that is wrong: derived from which of contract, own description and answers differ. */
export type DriftVerdict = 'conforms' | 'implementation' | 'other-version' | 'stale-description' | 'unmanaged'

/** One difference between the contract and what a gateway declares or answers. */
export interface DriftFinding {
  class: DriftClass
  severity: DriftSeverity
  /** The operationId, in a run with several operations. */
  operation?: string
  /** Id of the first exchange that shows it, in a run with several operations. */
  exchange?: string
  /** JSON Pointer into the contract; references on the way are followed. */
  pointer: string
  message: string
  /** Status, or statuses joined by commas. */
  status?: string
  /** The sources that show it: the gateway's own description, its answers, or both. */
  seenIn: ('description' | 'answers')[]
  verdict: DriftVerdict
  /** Number of answers that show it. */
  samples: number
  /** At most three, without secrets. */
  examples: string[]
  /** sha256 of class, pointer, status and shape: the same in every run. */
  fingerprint: string
  /** The changes that make the contract match; empty if no description can express them. */
  changes: DriftChange[]
  /** Set if the overlay of the gateway declares it. */
  known?: true
  /** ISO 8601; taken from the baseline if it is listed there. */
  firstSeen?: string
}

/** One change of a description; `add` and `drop` change the list at the pointer by one item. */
export interface DriftChange {
  pointer: string
  action: 'set' | 'remove' | 'add' | 'drop'
  value?: unknown
}

/** A difference that one comparison found, before it is joined with those of the others. */
export interface Draft {
  class: DriftClass
  pointer: string
  message: string
  status?: string | undefined
  /** Tells apart two drafts of the same class at the same place. */
  shape?: string | undefined
  samples?: number | undefined
  examples?: string[] | undefined
  changes?: DriftChange[] | undefined
}

/** Makes a finding of a difference that one source shows. */
export function toDriftFinding(draft: Draft, seenIn: 'description' | 'answers'): DriftFinding {
  const { class: name, pointer, message, status, shape = '', samples = 0, examples = [], changes = [] } = draft
  // An error envelope is one cause, however many statuses show it.
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

/** Extends a JSON Pointer (RFC 6901) by keys. */
export function pointerTo(base: string, ...keys: string[]): string {
  return base + keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
