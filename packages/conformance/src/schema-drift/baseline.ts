import type { Report } from '../report.ts'
import type { DriftFinding } from '../drift-finding.ts'

export interface BaselineComparison {
  /** All of today's, with the day on which each was first seen. */
  findings: DriftFinding[]
  /** Those that the baseline does not have. */
  added: DriftFinding[]
  /** Those that only the baseline has. */
  gone: DriftFinding[]
}

/**
 * What changed since a previous report.
 *
 * @param now - When the findings were made, ISO 8601.
 */
export function compareToBaseline(
  previous: Pick<Report, 'drift' | 'run'> | undefined,
  findings: readonly DriftFinding[],
  now: string,
): BaselineComparison {
  const before = new Map(previous?.drift.map((finding) => [finding.fingerprint, finding]))
  const today = new Set(findings.map(({ fingerprint }) => fingerprint))
  const dated = findings.map((finding) => {
    const known = before.get(finding.fingerprint)
    return { ...finding, firstSeen: known ? (known.firstSeen ?? previous!.run.startedAt) : now }
  })
  return {
    findings: dated,
    added: dated.filter(({ fingerprint }) => !before.has(fingerprint)),
    gone: [...before.values()].filter(({ fingerprint }) => !today.has(fingerprint)),
  }
}
