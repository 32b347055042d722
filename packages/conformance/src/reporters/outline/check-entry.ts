import { isOpen, listEvidence, nameOf, type CheckResult, type Report, type ReportedFinding } from '../../report.ts'
import { verdictFacts } from '../verdict-facts.ts'
import { findEvidence } from './evidence.ts'
import { toHarmSentence } from './harm-sentence.ts'
import type { Entry, OutlinedFinding } from './outline.ts'

/** Limit of the findings of one check that show their exchange. */
const maxEvidence = 3

/** The state of outlining one report. */
export interface Outlining {
  report: Report
  /** Folder of the report, relative to the reader; null if nothing is written. */
  folder: string | null
  /** For each exchange the entry that shows it. */
  shown: Map<string, string>
}

/** Makes the entry of a check that fails or should be improved. */
export function toOpenEntry(check: CheckResult, outlining: Outlining): Entry {
  const { verdict, remediation, findings } = check
  const open = findings.filter(isOpen)
  const excused = new Set(findings.flatMap(({ known, waiver }) => known?.id ?? waiver?.reason ?? []))
  const entry = toEntry(check)
  const told = verdict === 'ERROR' ? findings : open
  return {
    ...entry,
    harm: verdict === 'ERROR' ? undefined : toHarmSentence(check, outlining.report),
    findings: told.map((finding, index) => ({
      ...toOutlinedFinding(finding),
      ...(index < maxEvidence && showEvidence(check, finding, outlining)),
    })),
    advice: {
      label: 'What to do',
      text: verdict === 'ERROR' ? 'Report this bug of the suite.' : remediation + explainFlaky(check, outlining.report),
    },
    about: entry.about + (excused.size ? `. Other findings are excused: ${[...excused].join(', ')}` : ''),
  }
}

function explainFlaky(check: CheckResult, { failures }: Report): string {
  if (check.verdict !== 'FLAKY') return ''
  const effect = failures.includes(nameOf(check)) ? ' Such a check fails the run; --allow-flaky turns that off.' : ''
  return ` It failed once and passed when repeated under the same load.${effect}`
}

function showEvidence(
  check: CheckResult,
  finding: ReportedFinding,
  { report, folder, shown }: Outlining,
): Pick<OutlinedFinding, 'evidence' | 'sameAs'> {
  const [exchange] = listEvidence(check, finding)
  if (exchange === undefined) return {}
  const sameAs = shown.get(exchange)
  if (sameAs === nameOf(check)) return {}
  if (sameAs !== undefined) return { sameAs }
  shown.set(exchange, nameOf(check))
  return { evidence: findEvidence(report, exchange, folder) }
}

/** Makes the entry of a check without evidence. */
export function toEntry({
  id: check,
  operation,
  title,
  area,
  level,
  critical,
  source,
  verdict,
  findings,
  exchanges,
}: CheckResult): Entry {
  const id = nameOf({ id: check, operation })
  return {
    id,
    name: id,
    label: verdict,
    tone: verdictFacts[verdict].tone,
    title,
    scope: critical ? `${level}, critical` : level,
    area,
    findings: findings.filter(({ severity }) => severity !== 'info').map(toOutlinedFinding),
    about: source,
    exchanges,
  }
}

function toOutlinedFinding({ message, driftClass, pointer, waiver, fingerprint }: ReportedFinding): OutlinedFinding {
  const notes: (string | undefined)[] = [
    driftClass,
    pointer,
    waiver && `waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}`,
    fingerprint && `fingerprint ${fingerprint.slice(0, 16)}`,
  ]
  return { message, notes: notes.filter((note): note is string => Boolean(note)) }
}
