import { basename, dirname } from 'node:path'
import { description } from '@livepeer-ai/openapi'
import { isBreakingDrift, isNewDrift } from '../run/conclude.ts'
import { acceptDrift } from '../schema-drift/accept-drift.ts'
import type { DriftSeverity } from '../drift-class.ts'
import type { DriftFinding } from '../drift-finding.ts'
import { groupBy } from '../group-by.ts'
import { writeFiles } from '../reporters/write-files.ts'
import type { Command } from './input/command.ts'
import { textOf } from './input/options.ts'
import { countOf } from './output/print-report.ts'
import { formatsOf, reportOf, runOptions, writeAll } from './run.ts'

const order: DriftSeverity[] = ['critical', 'breaking', 'warning', 'additive', 'info']

/** What a gateway declares and answers beside what the contract says. */
export const drift: Command = {
  synopsis: '--url URL|--har FILE [options]',
  summary: 'where the contract, the gateway’s own description and its answers differ, and who is wrong',
  options: [...runOptions.filter((name) => !['lanes', 'fail-on'].includes(name)), 'accept'],
  async run(values) {
    formatsOf(values)
    const report = await reportOf({ profile: 'full', ...values }, { lanes: ['catalogue'] })
    const news = report.drift.filter(({ known }) => !known)
    const groups = groupBy(news, ({ severity }) => severity)
    for (const severity of order)
      for (const finding of groups.get(severity) ?? []) print(finding, !isNewDrift(finding, report.run.startedAt))
    const known = report.drift.length - news.length
    const graver = news.filter(({ severity }) => severity !== 'info').length
    console.log(
      `${countOf(graver, 'difference')} from the contract${known ? `, and ${known} known of ${report.target.gatewayTitle}` : ''}`,
    )
    const file = textOf(values, 'accept')
    if (file !== undefined) {
      const [path] = await writeFiles([[basename(file), acceptDrift(description, news)]], dirname(file))
      console.log(`Overlay: ${path}`)
    }
    await writeAll(report, values)
    if ([70, 130].includes(report.conclusion.exitCode)) return report.conclusion.exitCode
    return news.some((finding) => isBreakingDrift(finding) && isNewDrift(finding, report.run.startedAt)) ? 1 : 0
  },
}

const blame: Record<DriftFinding['verdict'], string> = {
  conforms: '',
  implementation: 'the gateway does not do what it and the contract say',
  'other-version': 'the gateway follows a contract of its own',
  'stale-description': 'the gateway does as the contract says, and describes itself otherwise',
  unmanaged: 'the contract, the description and the answers are three different things',
}

function print(
  { severity, class: name, message, pointer, verdict, samples, fingerprint, firstSeen }: DriftFinding,
  isOld: boolean,
): void {
  console.log(`${severity.padEnd(10)} ${name}${isOld && firstSeen ? ` since ${firstSeen.slice(0, 10)}` : ''}`)
  console.log(`           ${message}`)
  console.log(`           ${pointer}${samples ? `, ${countOf(samples, 'answer')}` : ''}, ${fingerprint.slice(0, 16)}`)
  // What is for information is nobody's fault.
  if (blame[verdict] && severity !== 'info') console.log(`           ${blame[verdict]}`)
  console.log()
}
