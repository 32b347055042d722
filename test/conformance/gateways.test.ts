import { CredentialsError, runSuite, type Report, type SuiteOptions } from '@livepeer-ai/conformance'
import { startMock, type MockOptions } from '@livepeer-ai/mock'
import { findDefect } from '@livepeer-ai/mock/defects'
import { gateways, listDeviations } from '@livepeer-ai/openapi/gateways'
import { expect, test, vi } from 'vitest'
import { loadStubTranscriber } from '../mutants/stub-transcriber.ts'
import { transcribeSuite } from '../mutants/transcripts.ts'

// A bound against hangs: many runs at the same time take long on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const token = 'a-secret-token'
const transcriber = await loadStubTranscriber()
/** Starts a mock of a gateway that transcribes. */
const startGateway = async (gateway: string, options: MockOptions = {}) =>
  startMock({ port: 0, token, gateway, exampleFor: await transcribeSuite(gateway, transcriber), ...options })

const full = { token, profile: 'full', lanes: ['catalogue'] } satisfies Partial<SuiteOptions>
const core = { token, lanes: ['catalogue'] } satisfies Partial<SuiteOptions>

/** Ids of the checks with a verdict that is worse than known. */
const faults = ({ checks }: Report): string[] =>
  checks.filter(({ verdict }) => ['FAIL', 'WARN', 'FLAKY', 'ERROR'].includes(verdict)).map(({ id }) => id)

const inconclusive = ({ checks }: Report): string[] =>
  checks.filter(({ verdict }) => verdict === 'INCONCLUSIVE').map(({ id }) => id)

/** Ids of the deviations in a state of the report. */
const deviationsOf = ({ deviations }: Report, state: Report['deviations'][number]['state']): string[] =>
  deviations.filter((one) => one.state === state).map(({ id }) => id)

/** Ids of the checks that the mock fails as no gateway at all, because it accepts more. */
const plain = (async () => {
  await using mock = await startMock({ port: 0, token, exampleFor: await transcribeSuite('none', transcriber) })
  return faults(await runSuite({ url: mock.url, gateway: 'none', allowUnsafe: true, ...full }))
})()
const newFaults = async (report: Report): Promise<string[]> => {
  const known = await plain
  return faults(report).filter((id) => !known.includes(id))
}

const all = await Promise.all(
  Object.values(gateways).map(async ({ name, title }) => ({ name, title, deviations: await listDeviations(name) })),
)

test.concurrent.each(all)('finds nothing new in $name', async ({ name, deviations }) => {
  await using mock = await startGateway(name)
  const report = await runSuite({ url: mock.url, gateway: name, allowUnsafe: true, ...full })
  expect([report.target.gateway, report.target.resembles]).toEqual([name, undefined])
  expect([...(await newFaults(report)), ...inconclusive(report)]).toEqual([])
  const always = deviations.filter(({ frequency, checks }) => frequency === 'always' && checks.length > 0)
  expect(deviationsOf(report, 'known')).toEqual(expect.arrayContaining(always.map(({ id }) => id)))
  expect(deviationsOf(report, 'stale')).toEqual([])
  expect(report.counts.KNOWN).toBeGreaterThan(0)
  // Checks are blocked only if a plain upload fails.
  const isWorking = report.exchanges.some(({ method, status }) => method === 'POST' && status === 200)
  expect(report.counts.BLOCKED > 0).toBe(!isWorking)
})

test.concurrent.each(all)('excuses nothing in $name before it is named', async ({ name, title, deviations }) => {
  await using mock = await startMock({ port: 0, token, gateway: name })
  const report = await runSuite({ url: mock.url, ...core })
  const { target, counts, conclusion } = report
  expect([target.gateway, counts.KNOWN, report.deviations, conclusion.exitCode]).toEqual([undefined, 0, [], 1])
  const always = deviations.filter(({ frequency }) => frequency === 'always')
  // A single deviation may be a coincidence.
  const hint = new RegExp(`^${name} looks like ${title} .+ deviations\\): run again with --gateway ${name}$`)
  const { gateway, hint: told } = target.resembles ?? {}
  expect(`${gateway} ${told}`).toMatch(always.length > 1 ? hint : /^undefined/)
})

/** Deviations that show only in a certain state of the gateway, and that a check tests. */
const states = all.flatMap(({ name, deviations }) =>
  deviations.flatMap(({ id, when, checks }) => {
    const known = when.flatMap(({ state }) => state?.enum ?? []).map(String)
    return checks.length > 0 ? [...new Set(known)].map((state) => ({ name, state, id })) : []
  }),
)

test.concurrent.each(states)('$name in state $state shows $id and nothing new', async ({ name, state, id }) => {
  await using mock = await startGateway(name, { states: [state] })
  const run = runSuite({ url: mock.url, gateway: name, ...full })
  const shown = await run.then(showIn, showInRejection)
  expect(shown).toEqual({ ids: expect.arrayContaining([id]) as string[], stale: [], faults: [] })
})

/** A deviation of a newer framework shows only to requests that the suite does not send. */
const showIn = async (report: Report) => ({
  ids: [...deviationsOf(report, 'known'), ...deviationsOf(report, 'not exercised')],
  stale: deviationsOf(report, 'stale'),
  // A gateway that is too busy allows no verdict.
  faults: await newFaults(report),
})

/** A gateway that rejects the token is not judged at all: the message names the deviation. */
function showInRejection(error: unknown) {
  if (!(error instanceof CredentialsError)) throw error
  const [, id = ''] = /does not accept the token \(403\).*\((\S+)\)$/s.exec(error.message) ?? []
  return { ids: [id], stale: [], faults: [] }
}

/** Defects that each gateway can show. */
const planted = ['cookie', 'trace-echo'].map(findDefect)

test.concurrent.each(all)('a new defect of $name is the only new problem', async ({ name }) => {
  await using mock = await startGateway(name, { defects: planted.map((defect) => defect.name) })
  const found = await newFaults(await runSuite({ url: mock.url, gateway: name, ...full }))
  for (const { checks } of planted) expect(found.some((id) => checks.includes(id))).toBe(true)
  expect(planted.flatMap(({ checks }) => checks)).toEqual(expect.arrayContaining(found))
})

test.concurrent.each(all)('a deviation of $name that no longer shows is stale', async ({ name, deviations }) => {
  await using mock = await startMock({ port: 0, token })
  const report = await runSuite({ url: mock.url, gateway: name, ...core })
  const stale = deviationsOf(report, 'stale')
  expect(stale.length).toBeGreaterThan(0)
  expect(deviations.map(({ id }) => id)).toEqual(expect.arrayContaining(stale))
  expect(report.counts.STALE).toBe(stale.length)
})
