import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import { attachFiles, attachedFolder } from '../../attached-files.ts'
import type { Report } from '../../report.ts'

/** Reads a file that the user has named. */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`)
  })
}

/** Reads a `report.json` and the files that its curl commands send. */
export async function readReport(file: string): Promise<Report> {
  const report = parseReport(await readText(file))
  if (!report) throw new UsageError(`${file}: not a report.json of this suite`)
  const folder = join(dirname(file), attachedFolder)
  for (const exchange of report.exchanges) {
    const names = exchange.curl?.matchAll(namesOfFiles) ?? []
    const present = Array.from(names, ([, name = '']) => name).filter((name) => existsSync(join(folder, name)))
    const files = present.map(async (name) => ({ name, content: await readFile(join(folder, name)) }))
    attachFiles(exchange, await Promise.all(files))
  }
  return report
}

/** The names of the attached files in a command. None has a slash. */
const namesOfFiles = new RegExp(String.raw`@${attachedFolder}/([\w.+-]+)`, 'g')

function parseReport(text: string): Report | undefined {
  try {
    const report = JSON.parse(text) as Partial<Report>
    return report.schemaVersion?.startsWith('1.') && report.failures ? (report as Report) : undefined
  } catch {
    return undefined
  }
}
