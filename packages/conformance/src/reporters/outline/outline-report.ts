import { attachedFolder } from '../../attached-files.ts'
import { nameOf, type Report, type Verdict } from '../../report.ts'
import { sortBySeverity } from '../verdict-facts.ts'
import { toEntry, toOpenEntry, type Outlining } from './check-entry.ts'
import { toDeviationEntry, toDriftEntry, toLaneEntry, toWaiverEntry } from './entries.ts'
import { listFacts } from './facts.ts'
import { labelFacts, labels, type Label } from './label.ts'
import { linkNames } from './link-names.ts'
import { tabulateOperations } from './operation-table.ts'
import { sectionTitles, type Entry, type Outline, type Section, type SectionId, type Total } from './outline.ts'

/**
 * Arranges a report for readers: first what fails, then warnings, then known deviations, then the
 * rest.
 *
 * @param folder - Folder of the report, relative to the reader; null if nothing is written.
 */
export function outlineReport(report: Report, folder: string | null = '.'): Outline {
  const { target, conclusion } = report
  const entries = listEntries({ report, folder, shown: new Map() })
  const ids = Object.keys(sectionTitles) as SectionId[]
  const order = conclusion.exitCode === 6 ? (['undecided', ...ids.filter((id) => id !== 'undecided')] as const) : ids
  const sections = order
    .map((id): Section => ({ id, title: sectionTitles[id], entries: entries[id] }))
    .filter((section) => section.entries.length > 0)
  return {
    name: target.gatewayTitle ?? target.url,
    url: target.url,
    exitCode: conclusion.exitCode,
    conclusion: linkNames(conclusion.text, sections),
    hints: listHints(report, sections, folder).map((hint) => linkNames(hint, sections)),
    totals: listTotals(report, sections),
    sections,
    operations: tabulateOperations(report.checks),
    facts: listFacts(report),
  }
}

function listEntries(outlining: Outlining): Record<SectionId, Entry[]> {
  const { report } = outlining
  const { checks, failures, drift, waivers, contractLane } = report
  const failing = new Set(failures)
  const inState = (...states: Verdict[]) =>
    sortBySeverity(checks.filter((check) => states.includes(check.verdict) && !failing.has(nameOf(check))))
  const unseen = contractLane?.results?.filter(({ verdict }) => verdict === 'SKIPPED') ?? []
  const stale = report.deviations.filter(({ id, state }) => state === 'stale' && !failing.has(id))
  const known = report.deviations.filter(({ state }) => state === 'known')
  const drifted = drift.filter(({ fingerprint, known: isKnown }) => !isKnown && !failing.has(fingerprint))
  const declared = drift.filter((finding) => finding.known)
  return {
    failures: failures.flatMap((id) => toFailure(id, outlining)),
    warnings: [
      ...inState('FAIL', 'FLAKY', 'WARN').map((check) => toOpenEntry(check, outlining)),
      ...stale.map((deviation) => toDeviationEntry(deviation, checks)),
      ...waivers.expired.map((id) => toWaiverEntry(id, 'EXPIRED')),
      ...waivers.stale.filter((id) => !failing.has(`waiver-${id}`)).map((id) => toWaiverEntry(id, 'STALE')),
      ...inState('STALE').map(toEntry),
    ],
    drift: drifted.filter(({ severity }) => severity !== 'info').map(toDriftEntry),
    known: [...known.map((deviation) => toDeviationEntry(deviation, checks)), ...declared.map(toDriftEntry)],
    waived: inState('WAIVED').map(toEntry),
    undecided: inState('INCONCLUSIVE', 'BLOCKED', 'ERROR').map(toEntry),
    unseen: unseen.map((result) => ({ ...toEntry(result), label: 'UNSEEN' })),
    rest: [
      ...inState('SKIPPED', 'DISABLED').map(toEntry),
      ...drifted.filter(({ severity }) => severity === 'info').map(toDriftEntry),
      ...inState('PASS').map(toEntry),
    ],
  }
}

/** Makes the entry of something that fails the run. */
function toFailure(id: string, outlining: Outlining): Entry[] {
  const { checks, contractLane, deviations, drift } = outlining.report
  const check = checks.find((one) => nameOf(one) === id)
  if (check) return [toOpenEntry(check, outlining)]
  if (contractLane && id === 'contract-lane') return [toLaneEntry(contractLane)]
  const scenario = contractLane?.failures.find((one) => one.id === id)
  if (scenario) return [{ ...toOpenEntry(scenario, outlining), label: 'LANE', area: 'contract lane' }]
  const deviation = deviations.find((one) => one.id === id)
  if (deviation) return [toDeviationEntry(deviation, checks)]
  const finding = drift.find(({ fingerprint }) => fingerprint === id)
  return [finding ? toDriftEntry(finding) : toWaiverEntry(id.replace('waiver-', ''), 'STALE')]
}

/** Lists the advice about the run as a whole. */
function listHints({ target, run, checks }: Report, sections: readonly Section[], folder: string | null): string[] {
  const blocked = checks.filter(({ verdict }) => verdict === 'BLOCKED')
  const reason = blocked[0]?.findings[0]?.message.replace('this check', 'they')
  return [
    target.resembles && `It ${target.resembles.hint}.`,
    reason !== undefined && `${blocked.length} checks are BLOCKED: ${reason}.`,
    reason === undefined && !run.complete && 'The run is incomplete: some requests were not sent.',
    explainCommands(sections, folder),
  ].filter((hint) => typeof hint === 'string')
}

/** Explains how to run the commands of the findings; undefined if that is obvious. */
function explainCommands(sections: readonly Section[], folder: string | null): string | undefined {
  const findings = sections.flatMap(({ entries }) => entries.flatMap((entry) => entry.findings))
  const commands = findings.flatMap(({ evidence }) => evidence?.command ?? []).join('\n')
  const needsFolder = folder === '.' && commands.includes(`@${attachedFolder}/`)
  const names = new Set(Array.from(commands.matchAll(/ "[^"]*\$\{?([A-Z_][A-Z\d_]*)/g), ([, name = '']) => name))
  const what = names.has('TOKEN') && names.size === 1 ? 'the token' : 'the credentials'
  const reading = `read ${what} from ${[...names].join(' and ')}.`
  if (needsFolder) return `Run the commands in the folder of this report.${names.size > 0 ? ` They ${reading}` : ''}`
  return names.size > 0 ? `The commands ${reading}` : undefined
}

/** Counts the checks by verdict, and the entries that are no checks by label. */
function listTotals({ counts }: Report, sections: readonly Section[]): Total[] {
  const entries = sections.flatMap((section) => section.entries)
  const countOf = (label: Label) =>
    label in counts ? counts[label as Verdict] : entries.filter((entry) => entry.label === label).length
  return labels
    .map((label) => ({ label, count: countOf(label), ...labelFacts[label] }))
    .filter(({ count }) => count > 0)
}

/** Groups entries with the same label and the same reason, for a list that names only their ids. */
export function groupEntries(entries: readonly Entry[]): { label: string; reason: string; names: string[] }[] {
  const groups = new Map<string, { label: string; reason: string; names: string[] }>()
  for (const { label, name, title, findings } of entries) {
    const reason = label === 'INFO' ? title : (findings[0]?.message ?? '')
    const key = `${label} ${reason}`
    const group = groups.get(key) ?? { label, reason, names: [] }
    groups.set(key, { ...group, names: [...group.names, name] })
  }
  return [...groups.values()]
}
