import type { CheckResult, Report, Verdict } from '../../report.ts'
import { verdictFacts, type VerdictFacts } from '../../reporters/verdict-facts.ts'

/** Verdicts that are not listed. */
const quiet: ReadonlySet<Verdict> = new Set<Verdict>(['PASS', 'SKIPPED', 'DISABLED'])

const colors: Record<VerdictFacts['tone'], number> = { good: 32, note: 33, bad: 31, quiet: 39 }

/** Formats a verdict as a column, in color on a terminal. */
export function formatVerdict(verdict: Verdict, width = 12): string {
  const text = verdict.padEnd(width)
  const hasColors = process.stdout.isTTY && process.stdout.hasColors()
  return hasColors ? `\u001B[${colors[verdictFacts[verdict].tone]}m${text}\u001B[39m` : text
}

/** Formats a count with its noun. */
export const formatCount = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** Prints the findings and the totals. */
export function printReport(report: Report): void {
  const { checks, counts, target, cost, conclusion, deviations, exchanges, contractLane, drift } = report
  const { ms, profile } = report.run
  if (target.gatewayTitle) console.log(`${target.gatewayTitle}\n`)
  for (const result of checks) if (!quiet.has(result.verdict)) printResult(result, exchanges)
  for (const { id, summary, state } of deviations)
    if (state === 'stale') console.log(`${formatVerdict('STALE')} ${id}  no longer shows: ${summary}\n`)
  for (const id of report.waivers.stale)
    console.log(`${formatVerdict('STALE')} ${id}  the waiver is no longer needed: remove it\n`)
  for (const id of report.waivers.expired)
    console.log(`${formatVerdict('WARN')} ${id}  the waiver has expired: fix the failure or ask its owner\n`)
  if (contractLane) {
    const { verdict, note, pass, fail, known, notProvoked } = contractLane
    const lane = `contract lane: ${pass} as documented, ${fail} failed, ${known} known, ${notProvoked} not provoked`
    console.log(
      `${formatVerdict(verdict)} ${verdict === 'DISABLED' ? 'contract lane' : lane}${note ? `: ${note}` : ''}\n`,
    )
  }
  const drifted = drift.filter(({ known, severity }) => !known && severity !== 'info')
  if (drifted.length)
    console.log(
      `${formatCount(drifted.length, 'difference')} from the contract: see the report, or run the command drift.\n`,
    )
  const sum = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  console.log(`${formatCount(checks.length, 'check')} of profile ${profile}: ${sum.join(', ')}`)
  const sent = `${formatCount(cost.requests, 'request')}, ${cost.audioSeconds} s of audio (${cost.usd.toFixed(6)} USD)`
  console.log(
    `${cost.requests ? sent : `${formatCount(exchanges.length, 'exchange')} judged, nothing sent`}, ${(ms / 1000).toFixed(1)} s`,
  )
  console.log(`${target.url} ${conclusion.text}.`)
  if (target.resembles) console.log(`It ${target.resembles.hint}`)
}

function printResult(
  { id, verdict, level, critical, title, findings, remediation }: CheckResult,
  exchanges: Report['exchanges'],
): void {
  console.log(`${formatVerdict(verdict)} ${id}  ${title}  (${level}${critical ? ', critical' : ''})`)
  for (const { severity, message, known, waiver, exchange } of findings) {
    if (severity === 'info') continue
    console.log(
      `             ${message}${known ? `  [${known.id}${known.url ? `: ${known.url}` : ''}]` : ''}${waiver ? `  [waived until ${waiver.expires}: ${waiver.reason}]` : ''}`,
    )
    const curl = exchanges.find((one) => one.id === exchange)?.curl
    if (curl && !known && (severity === 'fail' || severity === 'warn')) console.log(`             ${curl}`)
  }
  if (verdict === 'FAIL' || verdict === 'WARN') console.log(`             → ${remediation}`)
  console.log()
}
