import { listDeviations } from '@livepeer-ai/openapi/gateways'
import { selectDeviationsInForce } from '../judge/find-deviation.ts'
import { judgeCheck, type Circumstances } from '../judge/judge-check.ts'
import type { Report } from '../report.ts'
import { costOf } from '../wire/cost.ts'
import { HarError, readHar } from '../wire/read-har.ts'
import { buildReport } from './build-report.ts'
import { judgeRunDrift } from './judge-run-drift.ts'
import { planSuite } from './plan-suite.ts'
import { findNamedGateway, type SuiteOptions } from './run-suite.ts'

/** Base URL of a plan that is not sent. */
const nowhere = 'http://recording.example'

/**
 * Judges recorded exchanges (HTTP Archive 1.2) with every check that sends no requests, and finds
 * drift.
 * Only exchanges with the contract's operation and with the gateway's own description count.
 * Credentials are replaced with `{token}`. Sends nothing.
 *
 * @throws HarError
 */
export async function judgeHar(text: string, options: SuiteOptions): Promise<Report> {
  const now = new Date()
  const gateway = findNamedGateway(options)
  const chosen = { ...options, url: options.url || nowhere, profile: options.profile ?? 'full' }
  const plan = await planSuite(chosen, gateway)
  const { path } = plan.context.operation
  const exchanges = readHar(text, plan.context)
  const [first] = exchanges
  if (!first || !exchanges.some(({ request }) => request.facts.path === path))
    throw new HarError(`The recording has no exchange with ${path}.`)
  const deviations = gateway ? await listDeviations(gateway) : []
  const known = selectDeviationsInForce(deviations, exchanges)
  const { baseline, waivers = [] } = options
  const drift = await judgeRunDrift(plan.context, exchanges, { deviations: known, gateway, now, baseline })
  const circumstances: Circumstances = {
    ...drift.circumstances,
    session: { exchanges, exchangesOf: () => [], confirm: async () => exchanges, cost: costOf([]) },
    deviations: known,
    waivers,
    url: options.url || new URL(first.request.url).origin,
    now,
  }
  const readers = plan.checks.filter(({ check, hindrance }) => !hindrance && check.plan(plan.context).length === 0)
  const checks = await Promise.all(readers.map(async (planned) => judgeCheck(planned, circumstances)))
  return buildReport(
    chosen,
    { ...plan, checks: readers, distinct: [] },
    { ...circumstances, deviations },
    { checks, drift: drift.findings, gateway },
  )
}
