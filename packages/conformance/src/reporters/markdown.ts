import type { CheckResult, Report } from '../report.ts'
import { sortBySeverity, verdictFacts } from './verdict-facts.ts'

/** Formats the summary of a CI job: conclusion, counts, open and accepted findings. */
export function formatMarkdown(report: Report): string {
  const { target, conclusion, counts, run, cost, checks, drift, contractLane, waivers } = report
  const notable = sortBySeverity(checks).filter(({ verdict }) => verdictFacts[verdict].tone !== 'good')
  const open = notable.filter(({ verdict }) => verdictFacts[verdict].tone !== 'quiet')
  const closed = notable.filter(({ verdict }) => verdict === 'KNOWN' || verdict === 'WAIVED')
  const verdicts = Object.entries(verdictFacts).filter(([verdict]) => counts[verdict as keyof typeof counts])
  return [
    `# ${text(target.gatewayTitle ?? target.url)}: ${text(conclusion.text)}`,
    `${code(target.url)}, profile ${run.profile}, ${cost.requests} requests, ${cost.audioSeconds} s of audio, ${(run.ms / 1000).toFixed(1)} s${run.complete ? '' : ', **incomplete**'}`,
    target.resembles && `It ${text(target.resembles.hint)}.`,
    formatTable(
      ['Verdict', 'Checks', 'Meaning'],
      verdicts.map(([verdict, { meaning }]) => [verdict, String(counts[verdict as keyof typeof counts]), meaning]),
    ),
    contractLane &&
      `Contract lane (Dredd): ${contractLane.verdict}, ${contractLane.pass} as documented, ${contractLane.fail} failed, ${contractLane.notProvoked} not provoked${contractLane.note ? `. ${text(contractLane.note)}` : ''}`,
    open.length && `## Findings\n\n${open.map(formatCheck).join('\n')}`,
    drift.length &&
      `## Drift\n\n${formatTable(
        ['Severity', 'Class', 'Place', 'Difference', 'Verdict', 'Since'],
        drift.map(({ severity, class: name, pointer, status, message, verdict, firstSeen, known }) => [
          known ? `${severity}, known` : severity,
          name,
          code(`${status ? `${status} ` : ''}${pointer}`),
          text(message),
          verdict,
          firstSeen?.slice(0, 10) ?? 'this run',
        ]),
      )}`,
    closed.length && `## Accepted\n\n${closed.map(formatCheck).join('\n')}`,
    waivers.expired.length && `Expired waivers: ${waivers.expired.map(text).join(', ')}`,
    waivers.stale.length && `Waivers that are no longer needed: ${waivers.stale.map(text).join(', ')}`,
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')
}

function formatCheck({ id, title, level, verdict, findings, remediation }: CheckResult): string {
  const lines = findings.map(
    ({ message, known, waiver }) =>
      `  - ${text(message)}${known ? ` (${known.url ? `[${text(known.id)}](${known.url})` : text(known.id)})` : ''}${waiver ? ` (until ${waiver.expires}: ${text(waiver.reason)})` : ''}`,
  )
  const advice = verdict === 'FAIL' || verdict === 'WARN' ? [`  - _${text(remediation)}_`] : []
  return [`- **${verdict}** ${id} ${text(title)} (${level})`, ...lines, ...advice].join('\n')
}

function formatTable(head: string[], rows: string[][]): string {
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

/** Escapes text for one line of Markdown with HTML. */
function text(value: string): string {
  return value
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]|~#@!]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
}

const code = (value: string) => `\`${value.replaceAll(/[`|\s]+/g, ' ')}\``
