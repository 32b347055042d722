import { basename, dirname } from 'node:path'
import { description } from '@livepeer-ai/openapi'
import { readSpec } from '../description/read-spec.ts'
import type { DriftSeverity } from '../drift-class.ts'
import type { DriftFinding } from '../drift-finding.ts'
import { groupBy } from '../group-by.ts'
import { createLineLocator, type Line } from '../reporters/line-locator.ts'
import { findEvidence } from '../reporters/outline/evidence.ts'
import type { Evidence } from '../reporters/outline/outline.ts'
import { writeFiles } from '../reporters/write-files.ts'
import { isBreakingDrift, isNewDrift } from '../run/conclude.ts'
import { acceptDrift } from '../schema-drift/accept-drift.ts'
import type { Command } from './input/command.ts'
import { textOf } from './input/options.ts'
import { formatCount, listLines } from './output/print-report.ts'
import { parseFormats, createReport, outOf, readSource, runOptions, writeAllReports } from './run.ts'

const order: DriftSeverity[] = ['critical', 'breaking', 'warning', 'additive', 'info']

export const drift: Command = {
  synopsis: '--url URL|--har FILE [options]',
  summary: "compare the contract, the gateway's own description and its answers",
  options: [...runOptions.filter((name) => !['lanes', 'fail-on', 'allow-flaky'].includes(name)), 'accept'],
  async run(values) {
    parseFormats(values)
    const report = await createReport({ profile: 'full', ...values }, { lanes: ['catalogue'], failOn: ['drift'] })
    const news = report.drift.filter(({ known }) => !known)
    const groups = groupBy(news, ({ severity }) => severity)
    const source = await readSource(values)
    const locate = source && createLineLocator(source)
    for (const severity of order)
      for (const finding of groups.get(severity) ?? [])
        print(finding, {
          isOld: !isNewDrift(finding, report.run.startedAt),
          line: locate?.(finding.pointer),
          evidence: findEvidence(report, finding.exchange ?? '', outOf(values)),
        })
    const notable = report.drift.filter(({ severity }) => severity !== 'info')
    const known = notable.filter((finding) => finding.known).length
    const relevant = notable.length - known
    console.log(
      `${formatCount(relevant, 'difference')} from ${values.spec === undefined ? 'the contract' : report.contract.title}${known ? `, and ${formatCount(known, 'known difference')} of ${report.target.gatewayTitle}` : ''}`,
    )
    const file = textOf(values, 'accept')
    if (file !== undefined) {
      const spec = textOf(values, 'spec')
      const overlay = acceptDrift(spec === undefined ? description : await readSpec(spec), news)
      for (const path of await writeFiles([[basename(file), overlay]], dirname(file))) console.log(`Overlay: ${path}`)
    }
    await writeAllReports(report, values)
    const { exitCode, text } = report.conclusion
    if ([70, 130].includes(exitCode)) {
      console.error(text)
      return exitCode
    }
    return news.some((finding) => isBreakingDrift(finding) && isNewDrift(finding, report.run.startedAt)) ? 1 : 0
  },
}

const explanations: Record<DriftFinding['verdict'], string> = {
  conforms: '',
  implementation: 'the answers violate the contract; the own description, if any, does not declare this',
  'other-version': 'the own description differs from the contract, and the answers match it',
  'stale-description': 'the answers match the contract, but the own description does not',
  unmanaged: 'the contract, the own description and the answers all differ',
}

interface Shown {
  isOld: boolean
  /** Its line in the description of another API. */
  line: Line | undefined
  evidence: Evidence | undefined
}

function print(finding: DriftFinding, { isOld, line, evidence }: Shown): void {
  const { severity, class: name, operation, status, message, pointer, samples, fingerprint, firstSeen } = finding
  const since = isOld && firstSeen ? ` since ${firstSeen.slice(0, 10)}` : ''
  console.log(`${severity.padEnd(10)} ${name}${operation === undefined ? '' : `@${operation}`}${since}`)
  console.log(`           ${operation === undefined || status === undefined ? '' : `${status}: `}${message}`)
  const place = line ? `${line.uri}:${line.line} ${pointer}` : pointer
  const count = samples ? `, ${formatCount(samples, 'answer')}` : ''
  console.log(`           ${place}${count}, ${fingerprint.slice(0, 16)}`)
  const explanation = explanations[finding.verdict]
  // A finding for information needs no explanation, nor one with its evidence.
  if (evidence) for (const one of listLines(evidence)) console.log(`             ${one}`)
  else if (explanation && severity !== 'info') console.log(`           ${explanation}`)
  console.log()
}
