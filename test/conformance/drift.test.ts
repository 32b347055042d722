import { runSuite, type Report } from '@livepeer-ai/conformance'
import { startMock } from '@livepeer-ai/mock'
import { gateways } from '@livepeer-ai/openapi/gateways'
import { expect, test, vi } from 'vitest'
import { startChangingProxy, type Answer } from '../contract/changing-proxy.ts'

// A bound against hangs: many runs at the same time take long on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const token = 'a-secret-token'

interface Defect {
  name: string
  /** Statuses of the answers that it changes. */
  statuses: (status: number) => boolean
  status?: number
  change: (body: Record<string, unknown>) => unknown
  /** Classes of drift; one of them must be found. */
  findings: string[]
}

const is =
  (...wanted: number[]) =>
  (status: number) =>
    wanted.includes(status)

const defects: Defect[] = [
  {
    name: 'another envelope for 401',
    statuses: is(401),
    change: () => ({ detail: { message: 'no' } }),
    findings: ['error-envelope-changed', 'response-required-property-missing'],
  },
  {
    name: 'another envelope for every error',
    statuses: (status) => status >= 400,
    change: () => ({ fault: ['no'] }),
    findings: ['error-envelope-changed'],
  },
  {
    name: 'null for the chunks',
    statuses: is(200),
    change: (body) => ({ ...body, chunks: null }),
    findings: ['response-became-nullable'],
  },
  {
    name: 'no chunks',
    statuses: is(200),
    change: ({ text }) => ({ text }),
    findings: ['response-required-property-missing'],
  },
  {
    name: 'a number for the text',
    statuses: is(200),
    change: (body) => ({ ...body, text: 5 }),
    findings: ['response-type-changed'],
  },
  {
    name: 'a property that is not documented',
    statuses: is(200),
    change: (body) => ({ ...body, language: 'en' }),
    findings: ['response-undocumented-property'],
  },
  {
    name: '418 for a rejection',
    statuses: is(400, 401, 415, 422),
    status: 418,
    change: (body) => body,
    findings: ['undocumented-error-status'],
  },
]

/** Requests that get every status that a gateway has for a small upload. */
const only = ['AU-01', 'CN-06', 'FV-09', 'MD-01', 'MD-10', 'MP-02', 'DR-02']

const rows = Object.values(gateways).flatMap((gateway) =>
  [token, ...(gateway.authentication.token === 'ignored' ? [undefined] : [])].map((sent) => ({
    gateway,
    sent,
    title: `${gateway.name} ${sent === undefined ? 'without' : 'with'} a token`,
  })),
)

test.concurrent.each(rows)('$title: finds each planted drift and no other', async ({ gateway, sent }) => {
  await using mock = await startMock({ port: 0, token, gateway: gateway.name })
  let planted: Defect | undefined
  await using front = await startChangingProxy(mock.url, (answer) => plant(planted, answer))
  const run = async (defect?: Defect) => {
    planted = defect
    const options = { url: front.url, gateway: gateway.name, only, lanes: ['catalogue' as const] }
    return toDrift(await runSuite(sent === undefined ? options : { ...options, token: sent }))
  }
  const clean = await run()
  expect(clean.found).toEqual([])
  expect(clean.conclusion.exitCode).not.toBe(70)
  const visible = defects.filter(({ statuses }) => clean.statuses.some(statuses))
  expect(visible).not.toEqual([])
  for (const defect of visible) {
    const { found, conclusion } = await run(defect)
    const isFound = defect.findings.some((name) => found.includes(name))
    expect(isFound, `${defect.name}: ${found.join()}`).toBe(true)
    expect(conclusion.exitCode).not.toBe(70)
  }
})

function plant(defect: Defect | undefined, { status, headers, body }: Answer): Answer {
  if (!defect?.statuses(status) || !body.startsWith('{')) return { status, headers, body }
  const changed = defect.change(JSON.parse(body) as Record<string, unknown>)
  return { status: defect.status ?? status, headers, body: JSON.stringify(changed) }
}

/** Lists the classes of the drift that is new and more than a remark, and the statuses. */
function toDrift({ drift: findings, conclusion, exchanges }: Report) {
  return {
    conclusion,
    found: findings
      .filter(({ known, severity }) => !known && severity !== 'info')
      .map((finding): string => finding.class),
    statuses: exchanges.flatMap(({ status, responseBody = '' }) =>
      status !== undefined && responseBody.startsWith('{') ? [status] : [],
    ),
  }
}
