import { writeFile } from 'node:fs/promises'
import { description } from '@livepeer-ai/openapi'
import { accept } from '../drift/accept.ts'
import type { DriftFinding, DriftSeverity } from '../drift/drift-finding.ts'
import { groupBy } from '../group-by.ts'
import { writeReports } from '../write-reports.ts'
import type { Command } from './command.ts'
import { suiteOptions, textOf, urlOf } from './options.ts'
import { formatsOf, runOptions, runWithProgress } from './run.ts'

const order: DriftSeverity[] = ['critical', 'breaking', 'warning', 'additive', 'info']

/** What a gateway declares and answers beside what the contract says. */
export const drift: Command = {
  synopsis: '--url URL [options]',
  summary: 'where the contract, the gateway’s own description and its answers differ, and who is wrong',
  options: [...runOptions.filter((name) => !['lanes', 'har', 'fail-on'].includes(name)), 'accept'],
  async run(values) {
    const formats = formatsOf(values)
    const options = await suiteOptions(values, urlOf(textOf(values, 'url')))
    const report = await runWithProgress({ ...options, profile: options.profile ?? 'full', lanes: ['catalogue'] })
    const news = report.drift.filter(({ known }) => !known)
    const before = new Set(options.baseline?.drift.map(({ fingerprint }) => fingerprint))
    const groups = groupBy(news, ({ severity }) => severity)
    for (const severity of order)
      for (const finding of groups.get(severity) ?? []) print(finding, before.has(finding.fingerprint))
    const known = report.drift.length - news.length
    console.log(
      `${news.length} differences from the contract${known ? `, and ${known} known of ${report.target.gatewayTitle}` : ''}`,
    )
    const file = textOf(values, 'accept')
    if (file !== undefined) {
      await writeFile(file, accept(description, news))
      console.log(`Overlay: ${file}`)
    }
    for (const path of await writeReports(report, formats, textOf(values, 'out') ?? 'reports'))
      console.log(`Report: ${path}`)
    const isNew = ({ severity, fingerprint }: DriftFinding) => order.indexOf(severity) < 2 && !before.has(fingerprint)
    return news.some(isNew) ? 1 : 0
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
  console.log(`           ${pointer}${samples ? `, ${samples} answers` : ''}, ${fingerprint.slice(0, 16)}`)
  if (blame[verdict]) console.log(`           ${blame[verdict]}`)
  console.log()
}
