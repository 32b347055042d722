import type { Report } from '../report.ts'

/** Formats the conclusion for https://shields.io/badges/endpoint-badge. */
export function formatBadge({ counts, run, conclusion }: Report): string {
  const accepted = counts.KNOWN + counts.WAIVED
  const states: [applies: boolean | number, message: string, color: string][] = [
    [!run.complete, 'incomplete', 'lightgrey'],
    [counts.FAIL, `${counts.FAIL} failed`, 'red'],
    [conclusion.exitCode === 6 || counts.ERROR, 'inconclusive', 'lightgrey'],
    [conclusion.exitCode, 'not conforming', 'red'],
    [accepted, `conforms, ${accepted} accepted`, 'yellowgreen'],
    [counts.WARN + counts.FLAKY, `conforms, ${counts.WARN + counts.FLAKY} to review`, 'green'],
  ]
  const [, message, color] = states.find(([applies]) => applies) ?? [true, 'conforms', 'brightgreen']
  return `${JSON.stringify({ schemaVersion: 1, label: 'audio-to-text contract', message, color })}\n`
}
