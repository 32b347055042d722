import type { DriftFinding } from '../drift-finding.ts'
import type { Report } from '../report.ts'

export interface BaselineComparison {
  /** The findings of this run, each with the date on which it was first seen. */
  findings: DriftFinding[]
  /** Those that the baseline lacks. */
  added: DriftFinding[]
  /** Those that only the baseline has. */
  gone: DriftFinding[]
}

/**
 * Compares findings with those of a previous report.
 *
 * @param now - Time of the findings, ISO 8601.
 */
export function compareToBaseline(
  previous: Pick<Report, 'drift' | 'run'> | undefined,
  findings: readonly DriftFinding[],
  now: string,
): BaselineComparison {
  const before = new Map(previous?.drift.map((finding) => [finding.fingerprint, finding]))
  const firstSeen = new Map(
    previous?.drift.map(({ fingerprint, firstSeen: date }) => [fingerprint, date ?? previous.run.startedAt]),
  )
  const current = new Set(findings.map(({ fingerprint }) => fingerprint))
  const dated = findings.map((finding) => ({ ...finding, firstSeen: firstSeen.get(finding.fingerprint) ?? now }))
  return {
    findings: dated,
    added: dated.filter(({ fingerprint }) => !before.has(fingerprint)),
    gone: [...before.values()].filter(({ fingerprint }) => !current.has(fingerprint)),
  }
}
