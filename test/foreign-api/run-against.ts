import { fileURLToPath } from 'node:url'
import { readSpec, runSuite, type Report, type SuiteOptions } from '@livepeer-ai/conformance'
import { startMock } from '@livepeer-ai/mock'
import type { OpenAPI } from '@livepeer-ai/openapi'
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

/** Runs the suite against the mock of a description, with credentials of each security scheme. */
export async function runAgainstMock(served: OpenAPI, checked: OpenAPI): Promise<Report> {
  await using mock = await startMock({ port: 0, description: served })
  const names = Object.keys(served.components?.['securitySchemes'] ?? {})
  const secrets = Object.fromEntries(names.map((name) => [name, Buffer.from(`${name}:secret`).toString('base64')]))
  const api = { description: checked, allowWrites: true }
  return await runSuite({ url: mock.url, api, secrets, gateway: 'none', isMock: true, profile: 'full', concurrency: 1 })
}

/** Returns the complaints of a report: verdict, check, operation and message. */
export const complaintsOf = ({ checks }: Report): string[] =>
  checks
    .filter(({ verdict }) => ['FAIL', 'WARN', 'FLAKY', 'ERROR'].includes(verdict))
    .map(({ id, operation, verdict, findings }) => `${verdict} ${id}@${operation} ${findings[0]?.message}`)
