import type { DriftFinding, DriftVerdict } from '../drift-finding.ts'

/**
 * The differences between three sources: the contract, the gateway's own description, its answers.
 */
export interface Differences {
  /** Contract and own description; absent if the gateway has no description. */
  described?: readonly DriftFinding[]
  /** Contract and answers. */
  answered: readonly DriftFinding[]
  /** Own description and answers. */
  selfHonesty?: readonly DriftFinding[]
}

/**
 * Verdicts. `described`: the own description differs from the contract; `answered`: the answers do;
 * `dishonest`: the own description differs from the answers.
 */
const verdicts: Record<string, DriftVerdict> = {
  '': 'conforms',
  answered: 'implementation',
  'answered dishonest': 'implementation',
  described: 'other-version',
  'described answered': 'other-version',
  'described dishonest': 'stale-description',
  'described answered dishonest': 'unmanaged',
}

/** Joins the differences at the same place. Each finding appears once, with its verdict. */
export function judgeDrift({ described = [], answered, selfHonesty = [] }: Differences): DriftFinding[] {
  const judge = (finding: DriftFinding): DriftFinding => {
    const at = (others: readonly DriftFinding[]) => others.some((other) => isSamePlace(finding, other))
    const row = [
      at(described) && 'described',
      at(answered) && 'answered',
      at(selfHonesty.filter(({ class: name }) => name !== 'documented-status-never-produced')) && 'dishonest',
    ]
    return { ...finding, verdict: verdictOf(row.filter(Boolean).join(' ')) }
  }
  const own = new Map(answered.map((finding) => [finding.fingerprint, finding]))
  const both = described.map((finding): DriftFinding => {
    const same = own.get(finding.fingerprint)
    own.delete(finding.fingerprint)
    return same ? { ...same, seenIn: ['description', 'answers'] } : finding
  })
  return [...both, ...own.values()].map(judge)
}

function verdictOf(row: string): DriftVerdict {
  const verdict = verdicts[row]
  if (!verdict) throw new Error(`no verdict for '${row}'`)
  return verdict
}

/** Returns true if one is at or above the other and they share a status. */
function isSamePlace(one: DriftFinding, other: DriftFinding): boolean {
  const isAbove = (upper: string, lower: string) => lower === upper || lower.startsWith(`${upper}/`)
  return (
    (isAbove(one.pointer, other.pointer) || isAbove(other.pointer, one.pointer)) &&
    statusesOf(one).some((status) => statusesOf(other).includes(status))
  )
}

const statusesOf = ({ status = '' }: DriftFinding) => status.split(', ')
