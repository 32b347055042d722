import { createRequire } from 'node:module'
import { defaultMaxBytes, type Contract, type OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import { redactText } from '../wire/redact.ts'
import { assertReachable } from './assert-reachable.ts'
import { attachCurl } from './attach-curl.ts'
import { runDredd, type DreddResult } from './dredd/run-dredd.ts'
import { judgeResult } from './judge-result.ts'
import { listUncovered, planScenario, toSkippedResult, type LanePlan } from './plan-scenario.ts'
import { countOutcomes, type LaneReport, type LaneResult } from './report/lane-report.ts'
import type { Scenario } from './scenario.ts'
import { createSecondJudge } from './second-judge.ts'

export interface ContractOptions {
  /** Base URL of the gateway. */
  url: string
  contract: Contract
  scenarios: Scenario[]
  /** Bearer token for operations that require one. */
  token?: string | undefined
  /** Upload limit of the gateway in bytes; default: 50 MiB. One scenario sends a byte more. */
  maxBytes?: number | undefined
  /** Time limit of one response; default: 120 s. */
  timeoutMs?: number | undefined
  /** Returns the reason to skip a scenario, or undefined for a scenario to send. */
  skip?: ((scenario: Scenario) => string | undefined) | undefined
  /** Known differences of the gateway. A problem that they explain is not a failure. */
  deviations?: readonly Deviation[] | undefined
  /** The contract with the overlay of the gateway. */
  known?: OpenAPI | undefined
  /** Called with each result. */
  onResult?: ((result: LaneResult, done: number, total: number) => void) | undefined
}

/**
 * Sends every scenario through Dredd. Two judges check each response and must agree: Dredd's
 * validator on the schema converted to draft-07, and Ajv on the schema of the contract. A
 * documented response without a scenario is reported as uncovered.
 *
 * @throws UnreachableError, ScenarioError, DreddError
 */
export async function runContract(options: ContractOptions): Promise<LaneReport> {
  const { url, contract, scenarios, token = 'contract-run', maxBytes = defaultMaxBytes } = options
  const startedAt = new Date()
  const plans = await Promise.all(scenarios.map((scenario) => planScenario(contract, scenario, { token, maxBytes })))
  const uncovered = listUncovered(contract, plans)
  await assertReachable(url)

  const results: LaneResult[] = []
  const add = (result: LaneResult) => {
    results.push(result)
    options.onResult?.(result, results.length, plans.length + uncovered.length)
  }
  for (const result of uncovered) add(result)
  await sendPlans(plans, { ...options, token }, add)
  return {
    title: contract.description.info.title,
    url,
    startedAt: startedAt.toISOString(),
    ms: Date.now() - startedAt.getTime(),
    versions: readVersions(),
    ...countOutcomes(results),
    results,
  }
}

async function sendPlans(
  plans: readonly LanePlan[],
  { url, contract, token, timeoutMs = 120_000, deviations = [], known, skip }: ContractOptions & { token: string },
  add: (result: LaneResult) => void,
): Promise<void> {
  const sent: LanePlan[] = []
  for (const plan of plans) {
    const note = skip?.(plan.scenario)
    if (note === undefined) sent.push(plan)
    else add(toSkippedResult(plan, note))
  }
  const judge = createSecondJudge()
  const descriptions = [contract.description, ...(known ? [known] : [])]
  const onResult = (index: number, result: DreddResult) => {
    const plan = sent[index]
    if (!plan) throw new Error(`Dredd reported transaction ${index} of ${sent.length}`)
    const judged = withoutToken(judgeResult(plan, result, { url, judge, deviations, descriptions }), token)
    attachCurl(judged, plan)
    add(judged)
  }
  const transactions = sent.map(({ transaction }) => transaction)
  await runDredd({ url, skeleton: contract.dreddSkeleton, transactions, timeoutMs, onResult })
}

/** Removes the token: it must not leave the process other than in requests. */
const withoutToken = (result: LaneResult, token: string): LaneResult =>
  JSON.parse(JSON.stringify(result), (_, value: unknown) =>
    typeof value === 'string' ? redactText(value, [token]) : value,
  ) as LaneResult

function readVersions(): Record<string, string> {
  const require = createRequire(import.meta.url)
  const readVersion = (name: string) => (require(`${name}/package.json`) as { version: string }).version
  return { node: process.versions.node, dredd: readVersion('dredd'), ajv: readVersion('ajv') }
}
