import type { DriftFinding } from '../../drift-finding.ts'
import type { CheckResult, Report } from '../../report.ts'
import { severityTones } from '../verdict-facts.ts'
import type { Entry } from './outline.ts'

/** Makes the entry of a known deviation with the checks whose findings it explains. */
export function toDeviationEntry(deviation: Report['deviations'][number], checks: readonly CheckResult[]): Entry {
  const { id, summary, workaround, exchanges, url, state } = deviation
  const explained = checks.flatMap((check) =>
    check.findings.filter(({ known }) => known?.id === id).map((finding) => ({ check, finding })),
  )
  const ids = [...new Set(explained.map(({ check }) => check.id))]
  const isStale = state === 'stale'
  return {
    id,
    name: id,
    label: isStale ? 'STALE' : 'KNOWN',
    tone: isStale ? 'note' : 'quiet',
    title: isStale ? `did not show, and its checks pass: ${summary}` : summary,
    findings: explained.map(({ check, finding }) => ({ message: `${check.id}: ${finding.message}`, notes: [] })),
    advice: isStale
      ? { label: 'What to do', text: 'Check that the gateway has changed, and remove the deviation from its overlay.' }
      : { label: 'Workaround', text: workaround },
    scope: isStale ? undefined : `${formatCount(ids.length, 'check')}, ${formatCount(exchanges, 'exchange')}`,
    about: ids.join(', '),
    url,
    exchanges: [],
  }
}

const formatCount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Makes the entry of a difference from the contract. */
export function toDriftEntry(finding: DriftFinding): Entry {
  const {
    severity,
    class: name,
    message,
    pointer,
    status,
    seenIn,
    verdict,
    firstSeen,
    examples,
    fingerprint,
    known,
    operation,
    exchange,
  } = finding
  const source = `${severity === 'info' ? '' : `${verdict}, `}seen in ${seenIn.join(' and ')}`
  return {
    id: `drift-${fingerprint.slice(0, 12)}`,
    name: operation === undefined ? name : `${name}@${operation}`,
    label: known ? 'KNOWN' : severity === 'info' ? 'INFO' : 'DRIFT',
    tone: severityTones[severity],
    title: message,
    scope: severity,
    area: 'drift',
    findings: examples.map((example) => ({ message: `for example ${example}`, notes: [] })),
    about: `${status === undefined ? '' : `${status} `}${pointer}; ${source}; since ${firstSeen?.slice(0, 10) ?? 'this run'}`,
    exchanges: exchange === undefined ? [] : [exchange],
  }
}

/** Makes the entry of a waiver that is expired or no longer needed. */
export const toWaiverEntry = (id: string, label: 'STALE' | 'EXPIRED'): Entry => ({
  id: `waiver-${id}`,
  name: id,
  label,
  tone: 'note',
  title: label === 'STALE' ? 'the waiver is no longer needed' : 'the waiver has expired',
  findings: [],
  advice: { label: 'What to do', text: label === 'STALE' ? 'Remove it.' : 'Fix the failure or ask its owner.' },
  about: '',
  exchanges: [],
})

/** Makes the entry of a contract lane that did not come to results. */
export const toLaneEntry = ({ note = '' }: NonNullable<Report['contractLane']>): Entry => ({
  id: 'contract-lane',
  name: 'the contract lane',
  label: 'LANE',
  tone: 'bad',
  title: 'the contract lane did not finish',
  findings: [{ message: note, notes: [] }],
  about: '',
  exchanges: [],
})
