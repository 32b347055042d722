import type { CheckResult, Report, Verdict } from '../../report.ts'
import { verdictFacts, type VerdictFacts } from '../../reporters/verdict-facts.ts'

/** Verdicts that need no line of their own. */
const quiet: ReadonlySet<Verdict> = new Set<Verdict>(['PASS', 'SKIPPED', 'DISABLED'])

const colours: Record<VerdictFacts['tone'], number> = { good: 32, note: 33, bad: 31, quiet: 39 }

/** A verdict in a column of its own, in colour where the terminal has any. */
export function verdictColumn(verdict: Verdict, width = 12): string {
  const text = verdict.padEnd(width)
  const hasColours = process.stdout.isTTY && process.stdout.hasColors()
  return hasColours ? `\u001B[${colours[verdictFacts[verdict].tone]}m${text}\u001B[39m` : text
}

/** So many of something, in words. */
export const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** The report in lines: what is not as it should be, and the sum. */
export function printReport(report: Report): void {
  const { checks, counts, target, cost, conclusion, deviations, exchanges, contractLane, drift } = report
  const { ms, profile } = report.run
  if (target.gateway) console.log(`${target.gatewayTitle}${target.recognisedBy ? `, by ${target.recognisedBy}` : ''}\n`)
  for (const result of checks) if (!quiet.has(result.verdict)) printResult(result, exchanges)
  for (const { id, summary, state } of deviations)
    if (state === 'stale') console.log(`${verdictColumn('STALE')} ${id}  no longer: ${summary}\n`)
  for (const id of report.waivers.stale)
    console.log(`${verdictColumn('STALE')} ${id}  is waived, and nobody needs it: take the waiver out\n`)
  for (const id of report.waivers.expired)
    console.log(`${verdictColumn('WARN')} ${id}  its waiver has expired: mend it, or ask its owner\n`)
  if (contractLane) {
    const { verdict, note, pass, fail, known, notProvoked } = contractLane
    const lane = `contract lane: ${pass} as documented, ${fail} not, ${known} known, ${notProvoked} not provoked`
    console.log(
      `${verdictColumn(verdict)} ${verdict === 'DISABLED' ? 'contract lane' : lane}${note ? `: ${note}` : ''}\n`,
    )
  }
  const drifted = drift.filter(({ known, severity }) => !known && severity !== 'info')
  if (drifted.length)
    console.log(`${countOf(drifted.length, 'difference')} from the contract: see the command drift, or the report.\n`)
  const sum = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  console.log(`${countOf(checks.length, 'check')} of profile ${profile}: ${sum.join(', ')}`)
  const sent = `${countOf(cost.requests, 'request')}, ${cost.audioSeconds} s of audio (${cost.usd.toFixed(6)} USD)`
  console.log(
    `${cost.requests ? sent : `${countOf(exchanges.length, 'exchange')} read, nothing sent`}, ${(ms / 1000).toFixed(1)} s`,
  )
  console.log(`${target.url} ${conclusion.text}.`)
}

function printResult(
  { id, verdict, level, critical, title, findings, remediation }: CheckResult,
  exchanges: Report['exchanges'],
): void {
  console.log(`${verdictColumn(verdict)} ${id}  ${title}  (${level}${critical ? ', critical' : ''})`)
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
