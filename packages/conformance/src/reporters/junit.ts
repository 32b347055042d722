import { nameOf, type CheckResult, type Report } from '../report.ts'
import { formatAttributes, escape } from './escape.ts'
import { outcomeOf, verdictFacts } from './verdict-facts.ts'

/**
 * Formats the report as JUnit XML for Jenkins and most CI systems: one suite per area, one case per
 * check. The dialect has neither flaky outcomes nor properties of a case; `system-out` has those.
 */
export function formatJUnit(report: Report): string {
  const { run, target, suite, contractLane } = report
  const checks = [...report.checks, ...(contractLane?.results ?? [])]
  const areas = [...new Set(checks.map(({ area }) => area))]
  const inArea = (area: string) => checks.filter((check) => check.area === area)
  const totals = tally(checks, report)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${formatAttributes({ name: `${suite.name}: ${target.gatewayTitle ?? target.url}`, tests: totals.tests, failures: totals.failures, errors: totals.errors, time: seconds(run.ms) })}>
${areas.map((area) => formatSuite(area, inArea(area), report)).join('\n')}
</testsuites>
`
}

function formatSuite(area: string, checks: CheckResult[], report: Report): string {
  const { run, target } = report
  const suite = {
    name: area,
    ...tally(checks, report),
    time: seconds(checks.reduce((sum, { ms }) => sum + ms, 0)),
    timestamp: run.startedAt.replace(/(\.\d+)?Z$/, ''),
    hostname: new URL(target.url).host,
  }
  return `  <testsuite${formatAttributes(suite)}>
    <properties>
      <property${formatAttributes({ name: 'url', value: target.url })}/>
      <property${formatAttributes({ name: 'profile', value: run.profile })}/>
    </properties>
${checks.map((check) => formatCase(check, report)).join('\n')}
  </testsuite>`
}

function formatCase(check: CheckResult, report: Report): string {
  const { title, area, level, source, verdict, findings, remediation, ms } = check
  const [first = verdictFacts[verdict].meaning] = findings.map(({ message }) => message)
  const name = formatAttributes({
    name: `${nameOf(check)} ${title}`,
    classname: area,
    time: seconds(ms),
    status: verdict,
  })
  const lines = [
    `${verdict}: ${verdictFacts[verdict].meaning}. ${level}, ${source}`,
    ...findings.map(formatFinding),
    remediation,
  ]
  const text = escape(lines.join('\n'))
  return `    <testcase${name}>${formatOutcome(check, kindOf(check, report), { first, text })}</testcase>`
}

function formatOutcome({ verdict }: CheckResult, kind: Kind, { first, text }: { first: string; text: string }): string {
  if (kind === 'error' || kind === 'failure')
    return `<${kind}${formatAttributes({ type: verdict, message: first })}>${text}</${kind}>`
  if (kind === 'skipped') return `<skipped>${text}</skipped>`
  return verdict === 'PASS' ? '' : `<system-out>${text}</system-out>`
}

const formatFinding = ({ message, known, waiver, fingerprint }: CheckResult['findings'][number]) =>
  [
    `- ${message}`,
    known && `(known: ${known.id}${known.url ? `, ${known.url}` : ''})`,
    waiver && `(waived until ${waiver.expires}: ${waiver.reason})`,
    `[${fingerprint.slice(0, 12)}]`,
  ]
    .filter(Boolean)
    .join(' ')

type Kind = 'error' | 'failure' | 'skipped' | 'pass'

const kinds = { failed: 'failure', passed: 'pass', skipped: 'skipped', other: 'skipped' } as const

const kindOf = (check: CheckResult, report: Report): Kind =>
  check.verdict === 'ERROR' ? 'error' : kinds[outcomeOf(check, report)]

function tally(checks: CheckResult[], report: Report) {
  const count = (kind: Kind) => checks.filter((check) => kindOf(check, report) === kind).length
  return { tests: checks.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') }
}

const seconds = (ms: number) => (ms / 1000).toFixed(3)
