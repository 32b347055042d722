import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import type { Exchange } from '../exchange.ts'
import type { Report } from '../report.ts'
import { compareToBaseline, type BaselineComparison } from './baseline.ts'
import { compareDescriptions } from './descriptions/compare-descriptions.ts'
import { compareObservations } from './answers/compare-observations.ts'
import type { DriftSeverity } from '../drift-class.ts'
import { toDriftFinding, type DriftFinding } from '../drift-finding.ts'
import { judgeDrift, type Differences } from './judge-drift.ts'
import { observeAnswers, type Observation } from './answers/observe-answers.ts'
import { asDescription, DescriptionError } from './read-description.ts'

export interface DriftSources {
  contract: OpenAPI
  /** Requests that were right as HTTP messages, and what became of them. */
  exchanges: readonly Exchange[]
  /** What the gateway says about itself at `/openapi.json`, parsed and not yet looked at. */
  own?: unknown
  /** The contract with the gateway's overlay applied: what is known of it. */
  known?: OpenAPI
  /** The report of a run before. */
  previous?: Pick<Report, 'drift' | 'run'>
  /** When the exchanges took place, ISO 8601. */
  now: string
  /** Cuts secrets from what is kept of a body. */
  redact?: (text: string) => string
}

/** All drift of one run, the gravest first: each difference once, who is wrong about it, since when, and whether it is known. */
export function findDrift({
  contract,
  exchanges,
  own,
  known,
  previous,
  now,
  redact,
}: DriftSources): BaselineComparison {
  const observations = observeAnswers(exchanges, listOperations(contract), redact)
  const answered = compareObservations(contract, observations)
  const { unreadable = [], ...differences } = own === undefined ? {} : ownDifferences(contract, own, observations)
  const findings = [...judgeDrift({ answered, ...differences }), ...unreadable]
  const expected = new Set(known && compareDescriptions(contract, known).map(({ fingerprint }) => fingerprint))
  const marked = findings.map((finding) =>
    expected.has(finding.fingerprint) ? { ...finding, known: true as const } : finding,
  )
  return compareToBaseline(
    previous,
    marked.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity)),
    now,
  )
}

interface OwnDifferences extends Omit<Differences, 'answered'> {
  unreadable?: DriftFinding[]
}

function ownDifferences(contract: OpenAPI, value: unknown, observations: readonly Observation[]): OwnDifferences {
  try {
    const own = asDescription(value)
    return { described: compareDescriptions(contract, own), selfHonesty: compareObservations(own, observations) }
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error
    const draft = { class: 'description-unreadable' as const, pointer: '', message: error.message }
    return { unreadable: [{ ...toDriftFinding(draft, 'description'), verdict: 'stale-description' }] }
  }
}

const order: readonly DriftSeverity[] = ['critical', 'breaking', 'warning', 'additive', 'info']
