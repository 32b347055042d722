import { listDeviations } from '@livepeer-ai/openapi/gateways'
import { selectDeviationsInForce } from '../judge/find-deviation.ts'
import { judgeCheck, type Circumstances } from '../judge/judge-check.ts'
import type { Report } from '../report.ts'
import { costOf } from '../wire/cost.ts'
import { HarError, readHar } from '../wire/read-har.ts'
import { buildReport } from './build-report.ts'
import { judgeRunDrift, withFaultCheck } from './judge-run-drift.ts'
import { planSuite } from './plan-suite.ts'
import { identifyGateway } from './recognize-gateway.ts'
import type { SuiteOptions } from './run-suite.ts'

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
  const chosen = { ...options, url: options.url || nowhere, profile: options.profile ?? 'full' }
  const unnamed = await planSuite(chosen)
  const { path } = unnamed.context.operation
  const exchanges = readHar(text, unnamed.context)
  const first = exchanges.find(({ request }) => request.facts.path === path)
  if (!first) throw new HarError(`The recording has no exchange with ${path}.`)
  const url = options.url || baseUrlOf(first.request.url, path)
  const { gateway, resembled } = await identifyGateway(options, url, exchanges)
  const plan = gateway ? await planSuite(chosen, gateway) : unnamed
  const deviations = gateway ? await listDeviations(gateway) : []
  const known = selectDeviationsInForce(deviations, exchanges)
  const { baseline, waivers = [] } = options
  const drift = await judgeRunDrift(plan.context, exchanges, { deviations: known, gateway, now, baseline })
  const circumstances: Circumstances = {
    ...drift.circumstances,
    session: { exchanges, exchangesOf: () => [], confirm: async () => exchanges, cost: costOf([]) },
    deviations: known,
    waivers,
    url,
    now,
  }
  const readers = plan.checks.filter(({ check, hindrance }) => !hindrance && check.plan(plan.context).length === 0)
  const judged = withFaultCheck(readers, circumstances.context)
  const checks = await Promise.all(judged.map(async (planned) => judgeCheck(planned, circumstances)))
  return buildReport(
    chosen,
    { ...plan, checks: judged, distinct: [] },
    { ...circumstances, deviations },
    { checks, drift: drift.findings, gateway, resembled },
  )
}

/** Returns the URL before the path of the operation. */
const baseUrlOf = (url: string, path: string): string => url.slice(0, url.lastIndexOf(path))
