import type { DriftFinding, DriftVerdict } from '../drift-finding.ts'

/** The differences between the three sources: the contract, the gateway's own description, its answers. */
export interface Differences {
  /** Contract and own description; absent when the gateway has none. */
  described?: readonly DriftFinding[]
  /** Contract and answers. */
  answered: readonly DriftFinding[]
  /** Own description and answers. */
  selfHonesty?: readonly DriftFinding[]
}

/** Who is wrong: does the own description differ from the contract, do the answers, does the description differ from the answers? */
const table: Record<string, DriftVerdict> = {
  '': 'conforms',
  answered: 'implementation',
  'answered dishonest': 'implementation',
  described: 'other-version',
  'described answered': 'other-version',
  'described dishonest': 'stale-description',
  'described answered dishonest': 'unmanaged',
}

/** Joins the differences at the same place: each finding once, with who is wrong. */
export function judgeDrift({ described = [], answered, selfHonesty = [] }: Differences): DriftFinding[] {
  const judged = (finding: DriftFinding) => {
    const at = (others: readonly DriftFinding[]) => others.some((other) => isSamePlace(finding, other))
    const row = [
      at(described) && 'described',
      at(answered) && 'answered',
      at(selfHonesty.filter(({ class: name }) => name !== 'documented-status-never-produced')) && 'dishonest',
    ]
    return { ...finding, verdict: table[row.filter(Boolean).join(' ')]! }
  }
  const own = new Map(answered.map((finding) => [finding.fingerprint, finding]))
  const both = described.map((finding): DriftFinding => {
    const same = own.get(finding.fingerprint)
    own.delete(finding.fingerprint)
    return same ? { ...same, seenIn: ['description', 'answers'] } : finding
  })
  return [...both, ...own.values()].map(judged)
}

/** One is at or above the other, and they share a status. What no status was answered for differs from nothing. */
function isSamePlace(one: DriftFinding, other: DriftFinding): boolean {
  const isAbove = (upper: string, lower: string) => lower === upper || lower.startsWith(`${upper}/`)
  return (
    (isAbove(one.pointer, other.pointer) || isAbove(other.pointer, one.pointer)) &&
    statusesOf(one).some((status) => statusesOf(other).includes(status))
  )
}

const statusesOf = ({ status = '' }: DriftFinding) => status.split(', ')
