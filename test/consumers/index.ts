import { resolve } from 'node:path'
import { startMock } from '@livepeer-ai/mock'
import { updateSection } from '../bench/report/update-section.ts'
import type { Consumer } from './consumer.ts'
import { moreTools } from './more-tools.ts'
import { ownTools } from './own-tools.ts'
import { InstallError, runConsumer } from './run-consumer.ts'

/**
 * Builds an app with every tool, runs it against the mock, and updates the table in
 * docs/environments.md. `npm run test:consumers -- NAME` runs the tools whose names contain NAME,
 * and updates nothing.
 */
const wanted = process.argv[2]?.toLowerCase() ?? ''
const page = resolve(import.meta.dirname, '../../docs/environments.md')
const rows: string[] = []
let isComplete = !wanted

await using mock = await startMock({ port: 0 })
for (const [name, consumer] of Object.entries({ ...ownTools, ...moreTools })) {
  if (!name.toLowerCase().includes(wanted)) continue
  try {
    await runConsumer(name, consumer, mock.url)
    rows.push(`| ${name} | ${versionOf(consumer)} | ${consumer.setting ?? 'builds and transcribes'} |`)
    console.log(`ok       ${name}`)
  } catch (error) {
    isComplete = false
    const isSkipped = error instanceof InstallError
    if (!isSkipped) process.exitCode = 1
    console.log(`${isSkipped ? 'SKIPPED' : 'FAIL   '}  ${name}: ${(error as Error).message}`)
  }
}
if (isComplete)
  await updateSection(page, 'consumers', ['| Tool | Version | |', '| --- | --- | --- |', ...rows].join('\n'))

/** The first package is the tool itself. */
function versionOf({ packages = {}, version }: Consumer): string {
  return version ?? Object.values(packages)[0] ?? ''
}
