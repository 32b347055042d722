import { listOperations } from '@livepeer-ai/openapi'
import type { DriftSeverity } from '../drift-class.ts'
import { toDriftFinding, type DriftFinding } from '../drift-finding.ts'
import type { Report } from '../report.ts'
import { compareAnswers, compareUnfaithful, type AnswerSources } from './answers/compare-answers.ts'
import { observeAnswers } from './answers/observe-answers.ts'
import { compareToBaseline, type BaselineComparison } from './baseline.ts'
import { compareDescriptions } from './descriptions/compare-descriptions.ts'
import { judgeDrift, type Differences } from './judge-drift.ts'
import { asDescription, DescriptionError } from './read-description.ts'

export interface DriftSources extends AnswerSources {
  /** The gateway's own description from `/openapi.json`: parsed, not validated. */
  own?: unknown
  /** The report of a previous run. */
  previous?: Pick<Report, 'drift' | 'run'> | undefined
  /** Time of the exchanges, ISO 8601. */
  now: string
}

/** Lists all drift of one run, the most severe first, and compares it with the previous report. */
export function findDrift({ own, previous, now, ...sources }: DriftSources): BaselineComparison {
  const { contract, known } = sources
  const answered = compareAnswers(sources)
  const { unreadable = [], ...differences } = own === undefined ? {} : compareOwn(sources, own)
  const declared = new Set(known && compareDescriptions(contract, known).map(({ fingerprint }) => fingerprint))
  const unknown = new Set(answered.filter((finding) => !finding.known).map(({ fingerprint }) => fingerprint))
  const marked = [...judgeDrift({ answered, ...differences }), ...unreadable].map((finding) =>
    finding.seenIn.includes('description') && declared.has(finding.fingerprint) && !unknown.has(finding.fingerprint)
      ? { ...finding, known: true as const }
      : finding,
  )
  const sorted = marked.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
  return compareToBaseline(previous, sorted, now)
}

interface OwnDifferences extends Omit<Differences, 'answered'> {
  unreadable?: DriftFinding[]
}

function compareOwn({ contract, exchanges, redact }: AnswerSources, value: unknown): OwnDifferences {
  try {
    const own = asDescription(value)
    const observations = exchanges.flatMap((exchange) => observeAnswers([exchange], listOperations(contract), redact))
    return { described: compareDescriptions(contract, own), selfHonesty: compareUnfaithful(own, observations) }
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error
    const draft = { class: 'description-unreadable' as const, pointer: '', message: error.message }
    return { unreadable: [{ ...toDriftFinding(draft, 'description'), verdict: 'stale-description' }] }
  }
}

const order: readonly DriftSeverity[] = ['critical', 'breaking', 'warning', 'additive', 'info']
