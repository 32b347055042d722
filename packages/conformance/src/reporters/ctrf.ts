import { nameOf, type CheckResult, type Report } from '../report.ts'
import { outcomeOf } from './verdict-facts.ts'

/** Formats the report as Common Test Report Format, https://ctrf.io. */
export function formatCtrf(report: Report): string {
  const { suite, target, contract, run, cost, conclusion, checks } = report
  const start = Date.parse(run.startedAt)
  const count = (outcome: string) => checks.filter((check) => outcomeOf(check, report) === outcome).length
  return `${JSON.stringify(
    {
      reportFormat: 'CTRF',
      specVersion: '0.0.0',
      timestamp: new Date(start + run.ms).toISOString(),
      generatedBy: `${suite.name} ${suite.version}`,
      results: {
        tool: { name: suite.name, version: suite.version },
        summary: {
          tests: checks.length,
          passed: count('passed'),
          failed: count('failed'),
          skipped: count('skipped'),
          pending: 0,
          other: count('other'),
          flaky: checks.filter(({ verdict }) => verdict === 'FLAKY').length,
          suites: new Set(checks.map(({ area }) => area)).size,
          start,
          stop: start + run.ms,
          duration: run.ms,
        },
        environment: {
          appName: target.gatewayTitle ?? target.url,
          testEnvironment: target.url,
          extra: { profile: run.profile, contract, cost, conclusion },
        },
        tests: checks.map((check) => toTest(check, report)),
      },
    },
    null,
    2,
  )}\n`
}

function toTest(check: CheckResult, report: Report) {
  const { title, area, level, source, verdict, findings, remediation, ms } = check
  const messages = findings.map(({ message }) => message)
  return {
    name: `${nameOf(check)} ${title}`,
    status: outcomeOf(check, report),
    rawStatus: verdict,
    duration: ms,
    suite: [area],
    tags: [level],
    flaky: verdict === 'FLAKY' ? true : undefined,
    retries: verdict === 'FLAKY' ? 1 : undefined,
    message: messages.length ? messages.join('\n') : undefined,
    extra: { source, remediation, fingerprints: findings.map(({ fingerprint }) => fingerprint) },
  }
}
