import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import type { DriftSeverity } from '../drift-class.ts'
import { toDriftFinding, type DriftFinding } from '../drift-finding.ts'
import type { Exchange } from '../exchange.ts'
import type { Report } from '../report.ts'
import { compareObservations } from './answers/compare-observations.ts'
import { observeAnswers, type Observation } from './answers/observe-answers.ts'
import { compareToBaseline, type BaselineComparison } from './baseline.ts'
import { compareDescriptions } from './descriptions/compare-descriptions.ts'
import { judgeDrift, type Differences } from './judge-drift.ts'
import { asDescription, DescriptionError } from './read-description.ts'

export interface DriftSources {
  contract: OpenAPI
  /** Exchanges whose requests were valid HTTP messages. */
  exchanges: readonly Exchange[]
  /** The gateway's own description from `/openapi.json`: parsed, not validated. */
  own?: unknown
  /** The contract with the overlay of the gateway: its declared differences. */
  known?: OpenAPI | undefined
  /** The report of a previous run. */
  previous?: Pick<Report, 'drift' | 'run'> | undefined
  /** Time of the exchanges, ISO 8601. */
  now: string
  /** Removes secrets from the parts of a body that are kept. */
  redact?: ((text: string) => string) | undefined
}

/** Lists all drift of one run, the most severe first, and compares it with the previous report. */
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
  const { unreadable = [], ...differences } = own === undefined ? {} : compareOwn(contract, own, observations)
  const findings = [...judgeDrift({ answered, ...differences }), ...unreadable]
  const expected = new Set(known && compareDescriptions(contract, known).map(({ fingerprint }) => fingerprint))
  const marked = findings.map((finding) =>
    expected.has(finding.fingerprint) ? { ...finding, known: true as const } : finding,
  )
  const sorted = marked.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
  return compareToBaseline(previous, sorted, now)
}

interface OwnDifferences extends Omit<Differences, 'answered'> {
  unreadable?: DriftFinding[]
}

function compareOwn(contract: OpenAPI, value: unknown, observations: readonly Observation[]): OwnDifferences {
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
