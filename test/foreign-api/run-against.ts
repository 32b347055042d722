import { fileURLToPath } from 'node:url'
import { readSpec, runSuite, type Report, type SuiteOptions } from '@livepeer-ai/conformance'
import type { Defect } from './defects.ts'
import { credentials, startForeignApi } from './server.ts'

type Options = Partial<SuiteOptions> & { allowWrites?: boolean }

export const description = await readSpec(fileURLToPath(new URL('openapi.yaml', import.meta.url)))

/** Runs the suite against the API with these defects; default: on all operations. */
export async function runAgainst(
  defects: readonly Defect[],
  { allowWrites = true, ...options }: Options = {},
  operations?: readonly string[],
): Promise<Report> {
  const { url, close } = await startForeignApi(defects)
  const { basicAuth = '', ...others } = credentials
  const secrets = { ...others, basicAuth: Buffer.from(basicAuth).toString('base64') }
  const api = { description, allowWrites, operations }
  try {
    return await runSuite({ url, api, secrets, gateway: 'none', concurrency: 1, ...options })
  } finally {
    await close()
  }
}

/** Returns the complaints of a report: verdict, check, operation and message. */
export const complaintsOf = ({ checks }: Report): string[] =>
  checks
    .filter(({ verdict }) => ['FAIL', 'WARN', 'FLAKY', 'ERROR'].includes(verdict))
    .map(({ id, operation, verdict, findings }) => `${verdict} ${id}@${operation} ${findings[0]?.message}`)
