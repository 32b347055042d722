import type { CheckResult, Report } from '../report.ts'
import { attributes, escape } from './escape.ts'
import { verdictFacts } from './verdict-facts.ts'

/**
 * The report in the JUnit XML dialect that Jenkins and most CI systems read: a suite for each area,
 * a case for each check. The dialect has no flaky outcome and no properties of a case: what it
 * cannot say stands in `system-out`.
 */
export function junit(report: Report): string {
  const { checks, run, target, suite } = report
  const areas = [...new Set(checks.map(({ area }) => area))]
  const inArea = (area: string) => checks.filter((check) => check.area === area)
  const totals = tally(checks)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${attributes({ name: `${suite.name}: ${target.gatewayTitle ?? target.url}`, tests: totals.tests, failures: totals.failures, errors: totals.errors, time: seconds(run.ms) })}>
${areas.map((area) => testsuite(area, inArea(area), report)).join('\n')}
</testsuites>
`
}

function testsuite(area: string, checks: CheckResult[], { run, target }: Report): string {
  const suite = {
    name: area,
    ...tally(checks),
    time: seconds(checks.reduce((sum, { ms }) => sum + ms, 0)),
    timestamp: run.startedAt.replace(/(\.\d+)?Z$/, ''),
    hostname: new URL(target.url).host,
  }
  return `  <testsuite${attributes(suite)}>
    <properties>
      <property${attributes({ name: 'url', value: target.url })}/>
      <property${attributes({ name: 'profile', value: run.profile })}/>
    </properties>
${checks.map(testcase).join('\n')}
  </testsuite>`
}

function testcase(check: CheckResult): string {
  const { id, title, area, level, source, verdict, findings, remediation, ms } = check
  const [first = verdictFacts[verdict].meaning] = findings.map(({ message }) => message)
  const name = attributes({ name: `${id} ${title}`, classname: area, time: seconds(ms), status: verdict })
  const lines = [
    `${verdict}: ${verdictFacts[verdict].meaning}. ${level}, ${source}`,
    ...findings.map(findingLine),
    remediation,
  ]
  const text = escape(lines.join('\n'))
  return `    <testcase${name}>${outcome(verdict, first, text)}</testcase>`
}

function outcome(verdict: CheckResult['verdict'], first: string, text: string): string {
  const kind = outcomeOf(verdict)
  if (kind === 'error' || kind === 'failure')
    return `<${kind}${attributes({ type: verdict, message: first })}>${text}</${kind}>`
  if (kind === 'skipped') return `<skipped>${text}</skipped>`
  return verdict === 'PASS' ? '' : `<system-out>${text}</system-out>`
}

const findingLine = ({ message, known, waiver, fingerprint }: CheckResult['findings'][number]) =>
  [
    `- ${message}`,
    known && `(known: ${known.id}${known.url ? `, ${known.url}` : ''})`,
    waiver && `(waived until ${waiver.expires}: ${waiver.reason})`,
    `[${fingerprint.slice(0, 12)}]`,
  ]
    .filter(Boolean)
    .join(' ')

function outcomeOf(verdict: CheckResult['verdict']): 'error' | 'failure' | 'skipped' | 'pass' {
  if (verdict === 'ERROR') return 'error'
  const { outcome: told } = verdictFacts[verdict]
  return told === 'failed' ? 'failure' : told === 'passed' ? 'pass' : 'skipped'
}

function tally(checks: CheckResult[]) {
  const count = (kind: string) => checks.filter(({ verdict }) => outcomeOf(verdict) === kind).length
  return { tests: checks.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') }
}

const seconds = (ms: number) => (ms / 1000).toFixed(3)
