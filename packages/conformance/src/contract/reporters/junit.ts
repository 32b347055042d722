import type { ContractReport, ContractResult } from '../contract-report.ts'
import { problemLine } from '../problem.ts'

/** The report in the JUnit XML dialect that CI systems read. */
export function junit({ title, url, startedAt, ms, counts, results }: ContractReport): string {
  const failures = counts.fail + counts.uncovered
  const suite = {
    name: `Contract: ${title}`,
    tests: results.length,
    failures,
    skipped: counts['not-provoked'],
    time: seconds(ms),
    timestamp: startedAt,
    hostname: new URL(url).host,
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${attributes({ name: suite.name, tests: suite.tests, failures, time: suite.time })}>
  <testsuite${attributes(suite)}>
${results.map(testcase).join('\n')}
  </testsuite>
</testsuites>
`
}

function testcase(result: ContractResult): string {
  const { operationId, status, scenario, outcome, note, ms } = result
  const open = `    <testcase${attributes({ classname: `${operationId}.${status}`, name: scenario ?? 'uncovered', time: seconds(ms) })}`
  if (outcome === 'pass') return `${open}/>`
  if (outcome === 'not-provoked') return `${open}><skipped${attributes({ message: note ?? '' })}/></testcase>`
  const lines = result.problems.map(problemLine)
  return `${open}><failure${attributes({ type: outcome, message: lines[0] ?? '' })}>${escape(lines.join('\n'))}</failure></testcase>`
}

const seconds = (ms: number) => (ms / 1000).toFixed(3)

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(String(value))}"`)
    .join('')
}

/** Control characters, which XML 1.0 cannot hold at all, are replaced. */
function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[^\P{Cc}\t\n\r]/gu, '\uFFFD').replaceAll(/[&<>"]/g, (character) => entities[character]!)
}
