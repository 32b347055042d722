import { createRequire } from 'node:module'
import { defaultMaxBytes, type Contract } from '@livepeer-ai/openapi'
import * as bundled from '@livepeer-ai/openapi/contract'
import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { loadClips } from '../audio/clips.ts'
import { checks as catalogue } from '../catalogue/index.ts'
import type { Check, Context, PlannedCheck } from '../check.ts'
import { estimateLaneCost, installHint } from '../contract/lane.ts'
import type { SentRequest } from '../exchange.ts'
import { createSchemaJudge } from '../judge/schema-judge.ts'
import type { Report } from '../report.ts'
import { addCosts, costOf, budgetExceeded, type Cost } from '../wire/cost.ts'
import { encodeRequest, type Target } from '../wire/encode-request.ts'
import { selectChecks, type Selection } from './select-checks.ts'

/** Version of this package. */
export const suiteVersion: string = (createRequire(import.meta.url)('../../package.json') as { version: string })
  .version

export interface PlanOptions extends Partial<Selection> {
  /** Base URL of the gateway. */
  url: string
  /** Bearer token. */
  token?: string
  contract?: Contract
  /** Upload limit of the gateway in bytes; default: that of its gateway profile, or 50 MiB. */
  maxBytes?: number
  /** Limit of the billed audio in seconds. */
  budgetSeconds?: number
  /** Allows uploads over the limit and requests that may confuse a proxy. */
  allowUnsafe?: boolean
  /** `none` for a gateway that requires no token; default: `required`. */
  authentication?: 'required' | 'none'
  /** Lanes to run; default: all. `contract` is the Dredd lane. */
  lanes?: readonly LaneName[]
  /** The report of a previous run to compare with. */
  baseline?: Report
  /** Default: the whole catalogue. */
  checks?: readonly Check[]
}

/** The parts of a run. */
export const laneNames = ['catalogue', 'contract'] as const
export type LaneName = (typeof laneNames)[number]

/** The requests of a selection of checks. */
export interface SuitePlan {
  checks: PlannedCheck[]
  /** Every request once, even if several checks need it. */
  distinct: SentRequest[]
  /** Cost of the contract lane; absent if it does not run. */
  laneCost?: Cost
  /** Reason why the contract lane does not run, if the operator can change it. */
  laneHindrance?: string
  context: Context
  target: Target
}

/** Plans the requests of a run without sending any. */
export async function planSuite(options: PlanOptions, gateway?: GatewayProfile): Promise<SuitePlan> {
  const { profile = 'core', checks = catalogue, budgetSeconds = Infinity } = options
  const context = await contextOf(options, gateway)
  const target = targetOf(options, context, gateway)
  const distinct = new Map<string, SentRequest>()
  const planned = selectChecks(checks, { ...options, profile }).map((check): PlannedCheck => {
    const hindrance = hindranceOf(check, options)
    if (hindrance) return { check, requests: [], hindrance }
    const requests = check.plan(context).map((plan) => encodeRequest(plan, target))
    const fresh = new Map(requests.filter(({ id }) => !distinct.has(id)).map((request) => [request.id, request]))
    if (costOf([...distinct.values(), ...fresh.values()]).audioSeconds > budgetSeconds)
      return { check, requests: [], hindrance: { verdict: 'SKIPPED', reason: budgetExceeded } }
    for (const [id, request] of fresh) distinct.set(id, request)
    return { check, requests }
  })
  const lane = await planLane(options, context, [...distinct.values()])
  return { checks: planned, distinct: [...distinct.values()], context, target, ...lane }
}

/** Plans the contract lane, which belongs to the first shard. */
async function planLane(
  { lanes = laneNames, shard, budgetSeconds = Infinity }: PlanOptions,
  { contract, clips }: Context,
  requests: readonly SentRequest[],
): Promise<Pick<SuitePlan, 'laneCost' | 'laneHindrance'>> {
  if (!lanes.includes('contract') || (shard?.index ?? 1) > 1) return {}
  const laneCost = await estimateLaneCost(contract, clips)
  if (!laneCost) return { laneHindrance: installHint }
  const isAffordable = addCosts(costOf(requests), laneCost).audioSeconds <= budgetSeconds
  return isAffordable ? { laneCost } : { laneHindrance: budgetExceeded }
}

async function contextOf(options: PlanOptions, gateway: GatewayProfile | undefined): Promise<Context> {
  const { contract = bundled, maxBytes = gateway?.limits.maxBytes, authentication = 'required' } = options
  const operation = contract.operationTable.find(
    ({ requestBody }) => requestBody?.mediaTypes.includes('multipart/form-data') ?? false,
  )
  if (!operation) throw new Error('The contract has no operation that takes multipart/form-data.')
  return {
    contract,
    operation,
    clips: await loadClips(gateway?.containers.refused),
    maxBytes: maxBytes ?? defaultMaxBytes,
    authentication,
    strict: options.profile === 'strict',
    schemaJudge: createSchemaJudge(),
  }
}

function targetOf(
  { url, token }: PlanOptions,
  { contract, operation }: Context,
  gateway: GatewayProfile | undefined,
): Target {
  const required = Object.entries(gateway?.fields[operation.operationId] ?? {}).filter(([, rule]) => rule.required)
  return {
    url: new URL(url),
    description: contract.description,
    operation,
    hasToken: Boolean(token),
    userAgent: `livepeer-ai-conformance/${suiteVersion}`,
    requiredFields: Object.fromEntries(
      required.map(([name, { default: value, enum: values, example }]) => [
        name,
        value ?? values?.[0] ?? example ?? '',
      ]),
    ),
  }
}

function hindranceOf(
  { needs = [] }: Check,
  { token, url, allowUnsafe, baseline }: PlanOptions,
): PlannedCheck['hindrance'] {
  if (needs.includes('unsafe') && !allowUnsafe) return { verdict: 'DISABLED', reason: 'allow it with --unsafe' }
  if (needs.includes('baseline') && !baseline)
    return { verdict: 'SKIPPED', reason: 'it needs the report of a previous run: pass one with --baseline' }
  if (needs.includes('token') && !token)
    return { verdict: 'SKIPPED', reason: 'it needs a token: pass one with --token' }
  if (needs.includes('https') && !url.startsWith('https:'))
    return { verdict: 'SKIPPED', reason: 'it needs a gateway behind https' }
  return undefined
}
