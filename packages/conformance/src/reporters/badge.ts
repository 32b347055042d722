import type { Report } from '../report.ts'

/**
 * What https://shields.io/badges/endpoint-badge takes: conforming, with how many known or waived
 * deviations, or not.
 */
export function badge({ counts, run, conclusion }: Report): string {
  const accepted = counts.KNOWN + counts.WAIVED
  const told: [when: boolean | number, message: string, color: string][] = [
    [!run.complete, 'incomplete', 'lightgrey'],
    [counts.FAIL, `${counts.FAIL} failed`, 'red'],
    [conclusion.exitCode === 6 || counts.ERROR, 'inconclusive', 'lightgrey'],
    [conclusion.exitCode, 'not conforming', 'red'],
    [accepted, `conforms, ${accepted} accepted`, 'yellowgreen'],
    [counts.WARN + counts.FLAKY, `conforms, ${counts.WARN + counts.FLAKY} to mind`, 'green'],
    [true, 'conforms', 'brightgreen'],
  ]
  const [, message, color] = told.find(([when]) => when)!
  return `${JSON.stringify({ schemaVersion: 1, label: 'audio-to-text contract', message, color })}\n`
}
