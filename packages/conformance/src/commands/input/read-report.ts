import { readFile } from 'node:fs/promises'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import type { Report } from '../../report.ts'

/** Reads a file that the user has named. */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`)
  })
}

/** Reads a `report.json`. */
export async function readReport(file: string): Promise<Report> {
  const text = await readText(file)
  try {
    const report = JSON.parse(text) as Partial<Report>
    if (report.schemaVersion?.startsWith('1.')) return report as Report
  } catch {
    // The error below covers invalid JSON too.
  }
  throw new UsageError(`${file}: not a report.json of this suite`)
}
