import type { DriftSeverity } from '../drift-class.ts'
import type { DriftFinding } from '../drift-finding.ts'
import type { CheckResult, Report, ReportedFinding } from '../report.ts'
import { createLineLocator, type DescriptionSource } from './line-locator.ts'

/**
 * Formats the findings as SARIF 2.1.0: one rule per check and per class of drift. A result points
 * at the violated line of the description. The log contains the description, so that a viewer can
 * show the line without the file.
 */
export function formatSarif({ suite, run, checks, drift }: Report, source: DescriptionSource): string {
  const locate = createLineLocator(source)
  const location = (pointer = '/paths') => {
    const { uri, index, line } = locate(pointer)
    return {
      physicalLocation: { artifactLocation: { uri, index }, region: { startLine: line } },
      logicalLocations: [{ fullyQualifiedName: pointer }],
    }
  }
  const results = [
    ...checks.flatMap((check) =>
      check.findings
        .filter(({ severity }) => severity === 'fail' || severity === 'warn')
        .map((finding) => toCheckResult(check, finding, location(finding.pointer))),
    ),
    ...drift.map((finding) => toDriftResult(finding, location(finding.pointer))),
  ]
  const ruleIds = new Set(results.map(({ ruleId }) => ruleId))
  const rules = [
    ...new Map(checks.map((check) => [check.id, toCheckRule(check)])).values(),
    ...new Map(drift.map((finding) => [finding.class, toDriftRule(finding)])).values(),
  ]
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: suite.name,
              semanticVersion: suite.version,
              rules: rules.filter(({ id }) => ruleIds.has(id)),
            },
          },
          automationDetails: { id: `conformance/${run.profile}/` },
          invocations: [{ executionSuccessful: run.complete, startTimeUtc: run.startedAt }],
          artifacts: [source, ...(source.others ?? [])].map(({ uri, text }) => ({
            location: { uri },
            contents: { text },
          })),
          columnKind: 'utf16CodeUnits',
          results,
        },
      ],
    },
    null,
    2,
  )}\n`
}

type Location = object

const acceptFor = (justification: string) => ({ kind: 'external', status: 'accepted', justification })

function toCheckRule({ id, title, area, level, source, remediation }: CheckResult) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title} (${level}, ${source})` },
    help: { text: remediation },
    defaultConfiguration: { level: level === 'MUST' ? 'error' : 'warning' },
    properties: { tags: [area, level] },
  }
}

function toCheckResult({ id, operation, verdict }: CheckResult, finding: ReportedFinding, location: Location) {
  const { severity, message, fingerprint, known, waiver } = finding
  const justification = waiver?.reason ?? (known && `${known.id}${known.url ? ` ${known.url}` : ''}`)
  return {
    ruleId: id,
    level: severity === 'fail' && verdict === 'FAIL' ? 'error' : 'warning',
    message: { text: operation === undefined ? message : `${operation}: ${message}` },
    locations: [location],
    partialFingerprints: { 'conformance/v1': fingerprint },
    suppressions: justification === undefined ? undefined : [acceptFor(justification)],
  }
}

const levels: Record<DriftSeverity, string> = {
  critical: 'error',
  breaking: 'error',
  warning: 'warning',
  additive: 'note',
  info: 'note',
}

function toDriftRule({ class: name, severity }: DriftFinding) {
  return {
    id: `drift/${name}`,
    shortDescription: { text: `Drift: ${name.replaceAll('-', ' ')}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['drift'] },
  }
}

function toDriftResult(
  { class: name, severity, operation, message, status, fingerprint, known }: DriftFinding,
  location: Location,
) {
  return {
    ruleId: `drift/${name}`,
    level: levels[severity],
    message: { text: [operation, status, message].filter(Boolean).join(': ') },
    locations: [location],
    partialFingerprints: { 'conformance/v1': fingerprint },
    suppressions: known && [acceptFor('known difference of this gateway')],
  }
}
