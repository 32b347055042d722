import { createRequire } from 'node:module'
import { defaultMaxBytes, type Contract, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import * as bundled from '@livepeer-ai/openapi/contract'
import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { loadClips } from '../audio/clips.ts'
import { planNothing } from '../catalogue/define-checks.ts'
import { catalogue } from '../catalogue/index.ts'
import { appliesTo } from '../catalogue/kinds.ts'
import { toRecordingSubject, toSubject } from '../catalogue/subject.ts'
import type { Check, Context, PlannedCheck, Subject } from '../check.ts'
import { estimateLaneCost, installHint } from '../contract/lane.ts'
import { findScheme, listCredentials } from '../description/credentials.ts'
import { toContract } from '../description/to-contract.ts'
import type { SentRequest } from '../exchange.ts'
import { createSchemaJudge } from '../judge/schema-judge.ts'
import type { Report } from '../report.ts'
import type { RequestPlan } from '../request-plan.ts'
import { makeSamples, type SampleEntry } from '../samples/make-samples.ts'
import { toRequest } from '../samples/to-request.ts'
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
  /** Credentials of other security schemes as they are sent, by name. */
  secrets?: Readonly<Record<string, string>> | undefined
  contract?: Contract
  /** Upload limit of the gateway in bytes; default: that of its gateway profile, or 50 MiB. */
  maxBytes?: number
  /** Limit of the billed audio in seconds. */
  budgetSeconds?: number
  /** Allows uploads over the limit and requests that may confuse a proxy. */
  allowUnsafe?: boolean
  /** True for a mock server, which gives examples. It gets no checks of what it cannot know. */
  isMock?: boolean
  /** `none` for a gateway that requires no token; default: `required`. */
  authentication?: 'required' | 'none'
  /** Lanes to run; default: all. `contract` is the Dredd lane. */
  lanes?: readonly LaneName[]
  /** The report of a previous run to compare with. */
  baseline?: Report
  /** Default: the whole catalogue. */
  checks?: readonly Check[]
  /** The operations of another API; default: audio-to-text. */
  api?: ApiOptions
}

/** The description of an API and the operations to check. */
export interface ApiOptions {
  description: OpenAPI
  /** Values of valid requests, by operationId. */
  samples?: Readonly<Record<string, SampleEntry>> | undefined
  /** Allows valid requests that change data. */
  allowWrites?: boolean
  /** Limit of the planned requests of each operation; default: 60. */
  maxRequests?: number | undefined
  /** Operations to check: ids, tags and prefixes of paths; default: all. */
  operations?: readonly string[] | undefined
  tags?: readonly string[] | undefined
  paths?: readonly string[] | undefined
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
  const { profile = 'core', checks = catalogue } = options
  const context = await contextOf(options, gateway)
  const subjects = options.api ? listSubjects(options.api, context) : [context]
  const [first = context] = subjects
  const target = targetOf(options, { ...context, ...first }, gateway)
  const distinct = new Map<string, SentRequest>()
  const counts: Planning['counts'] = new Map()
  const planned = selectChecks(checks, { ...options, profile }).flatMap((check) => {
    const own = subjects.filter((subject) => appliesTo(check, subject))
    return (check.isShared ? own.slice(0, 1) : own).flatMap((subject) =>
      planCheck(check, { options, target, distinct, counts, context, subject: options.api && subject }),
    )
  })
  const all = [...distinct.values()]
  const lane = options.api ? planDocumented(options, planned) : await planLane(options, context, all)
  return { checks: planned, distinct: all, context: { ...context, ...first }, target, ...lane }
}

interface Planning {
  options: PlanOptions
  target: Target
  /** The requests so far, by id. */
  distinct: Map<string, SentRequest>
  /** Their number by operation. */
  counts: Map<Operation | undefined, number>
  context: Context
  subject: Subject | undefined
}

/** Plans a check for an operation; none if it has nothing to send there. */
function planCheck(check: Check, { options, target, distinct, counts, context, subject }: Planning): PlannedCheck[] {
  const { budgetSeconds = Infinity, api } = options
  const hindrance = hindranceOf(check, options)
  if (hindrance) return [{ check, subject, requests: [], hindrance }]
  const plans = check
    .plan({ ...context, ...subject })
    .map((plan) => (subject ? address(withoutWrites(plan, api), subject) : plan))
  if (subject && plans.length === 0 && check.plan !== planNothing) return []
  const problem = subject && problemOf(check, subject, context)
  if (problem) return [{ check, subject, requests: [], hindrance: problem }]
  if (api && !api.allowWrites && plans.some(isWriting)) return [{ check, subject, requests: [], hindrance: writing }]
  const encoded = plans.map((plan) => encodeRequest(plan, target))
  const room = subject ? (api?.maxRequests ?? defaultMaxRequests) - countPlanned(subject, counts) : Infinity
  const requests = check.isDivisible ? cutToRoom(encoded, distinct, Math.ceil(room * largestShare)) : encoded
  const fresh = new Map(requests.filter(({ id }) => !distinct.has(id)).map((request) => [request.id, request]))
  if (budgetSeconds < Infinity && costOf([...distinct.values(), ...fresh.values()]).audioSeconds > budgetSeconds)
    return [{ check, subject, requests: [], hindrance: { verdict: 'SKIPPED', reason: budgetExceeded } }]
  if (fresh.size > room || (encoded.length > 0 && requests.length === 0))
    return [{ check, subject, requests: [], hindrance: { verdict: 'SKIPPED', reason: tooMany } }]
  for (const [id, request] of fresh) {
    distinct.set(id, request)
    counts.set(request.plan.operation, (counts.get(request.plan.operation) ?? 0) + 1)
  }
  return [{ check, subject, requests }]
}

/** The share of the remaining requests that one check may have. */
const largestShare = 0.9

const tooMany = 'the operation has as many requests as --max-requests allows'

/** Returns the number of requests that are planned for an operation. */
const countPlanned = ({ operation }: Subject, counts: Planning['counts']): number => counts.get(operation) ?? 0

/** Returns the first requests, of which no more than `room` are new. */
function cutToRoom(requests: readonly SentRequest[], known: ReadonlyMap<string, unknown>, room: number): SentRequest[] {
  let left = room
  return requests.filter(({ id }) => known.has(id) || left-- > 0)
}

const defaultMaxRequests = 60

const writing = { verdict: 'DISABLED', reason: 'it changes data: allow it with --allow-writes' } as const

/** Leaves out what a plan can do without. */
const withoutWrites = (plan: RequestPlan, api: ApiOptions | undefined): RequestPlan =>
  plan.requires && !api?.allowWrites ? { ...plan, requires: [] } : plan

/** Returns true if a request, one before it or one after it changes data. */
function isWriting({ writes, bindings = {}, next = [] }: RequestPlan): boolean {
  const sources = Object.values(bindings).flatMap(({ from }) => (typeof from === 'number' ? [] : [from]))
  return writes === true || [...sources, ...next].some(isWriting)
}

/** Returns the reason why a check of a valid request cannot run. */
function problemOf(
  check: Check,
  { sample, operation }: Subject,
  { credentialsOf }: Context,
): PlannedCheck['hindrance'] {
  if (!sample || check.plan === planNothing) return undefined
  const { headers, query } = credentialsOf(operation)
  const isOpen = operation.security.length === 0 || operation.security.some((names) => names.length === 0)
  if (!isOpen && headers.length + query.length === 0 && check.for !== 'secured') {
    const names = [...new Set(operation.security.flat())]
    const option = names.map((name) => `--credential ${name}=VALUE`).join(' or ')
    return { verdict: 'BLOCKED', reason: `it needs credentials: add ${option}` }
  }
  // The checks of ids use ids of their own.
  if (sample.problem === undefined || check.for === 'item') return undefined
  return { verdict: 'BLOCKED', reason: sample.problem }
}

/** Adds the operation to a plan, and the path with values for its parameters. */
function address(plan: RequestPlan, { operation, sample }: Subject): RequestPlan {
  const { target, bindings } = sample ? toRequest(sample) : plan
  const path = plan.target ?? target?.split('?', 1).join('')
  return {
    ...plan,
    operation: plan.operation ?? operation,
    target: path,
    bindings: plan.bindings ?? (path?.includes('{path.') ? bindings : undefined),
  }
}

/** Returns the operations of an API that the options select. */
function listSubjects(api: ApiOptions, { contract, schemaJudge }: Context): Subject[] {
  const samples = makeSamples(contract.description, {
    schemaJudge,
    allowWrites: api.allowWrites ?? false,
    file: api.samples,
  })
  const all = [...samples.values()]
  const { operations, tags, paths } = api
  return all
    .filter(({ operation, source }) => {
      const isNamed = !operations || operations.includes(operation.operationId)
      const isTagged = !tags || tags.some((tag) => source.tags?.includes(tag))
      return isNamed && isTagged && (!paths || paths.some((path) => operation.path.startsWith(path)))
    })
    .map((sample) => toSubject(sample, all))
}

/** Plans the contract lane of another API, which judges what the checks have sent. */
function planDocumented(
  { lanes = laneNames, shard, only = [] }: PlanOptions,
  planned: readonly PlannedCheck[],
): Pick<SuitePlan, 'laneCost' | 'laneHindrance'> {
  if (!lanes.includes('contract') || only.length > 0 || (shard?.index ?? 1) > 1) return {}
  const isWhole = !shard && planned.some(({ check }) => check.id === responseCheck)
  return isWhole
    ? { laneCost: costOf([]) }
    : { laneHindrance: 'it takes a run of one share with the check of responses' }
}

/** Id of the check that the contract lane of another API depends on. */
const responseCheck = 'RS-08'

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
  const { api, maxBytes = gateway?.limits.maxBytes, authentication = 'required' } = options
  const { contract = api ? toContract(api.description) : bundled } = options
  const operation = contract.operationTable.find(
    ({ requestBody }) => api ?? requestBody?.mediaTypes.includes('multipart/form-data') ?? false,
  )
  if (!operation) throw new Error('The contract has no operation that takes multipart/form-data.')
  const clips = await loadClips(gateway?.containers.refused)
  return {
    ...toRecordingSubject(operation, clips),
    contract,
    credentialsOf: (one) => listCredentials({ ...credentialSource(options, contract), operation: one }),
    clips,
    maxBytes: maxBytes ?? defaultMaxBytes,
    authentication,
    strict: options.profile === 'strict',
    schemaJudge: createSchemaJudge(api !== undefined),
  }
}

function targetOf(options: PlanOptions, { contract, operation }: Context, gateway: GatewayProfile | undefined): Target {
  const required = Object.entries(gateway?.fields[operation.operationId] ?? {}).filter(([, rule]) => rule.required)
  return {
    url: new URL(options.url),
    operation,
    ...credentialSource(options, contract),
    userAgent: `livepeer-ai-conformance/${suiteVersion}`,
    requiredFields: Object.fromEntries(
      required.map(([name, { default: value, enum: values, example }]) => [
        name,
        value ?? values?.[0] ?? example ?? '',
      ]),
    ),
  }
}

/** Returns what the credentials of requests depend on. */
const credentialSource = ({ token, secrets = {}, api }: PlanOptions, { description }: Contract) => ({
  description,
  hasToken: Boolean(token),
  schemes: api && listSchemes(description, Boolean(token), Object.keys(secrets)),
})

/** Returns the placeholder of the credentials of each security scheme that has some. */
function listSchemes(description: OpenAPI, hasToken: boolean, named: readonly string[]): Map<string, string> {
  const names = Object.keys(description.components?.['securitySchemes'] ?? {})
  return new Map(
    names.flatMap((name) => {
      if (named.includes(name)) return [[name, `{secret.${name}}`]]
      return hasToken && findScheme(description, name).kind === 'bearer' ? [[name, '{token}']] : []
    }),
  )
}

function hindranceOf(
  { needs = [] }: Check,
  { token, url, allowUnsafe, baseline, isMock }: PlanOptions,
): PlannedCheck['hindrance'] {
  if (needs.includes('behavior') && isMock)
    return { verdict: 'DISABLED', reason: 'a mock server knows neither its data nor the content of requests (--mock)' }
  if (needs.includes('unsafe') && !allowUnsafe) return { verdict: 'DISABLED', reason: 'allow it with --unsafe' }
  if (needs.includes('baseline') && !baseline)
    return { verdict: 'SKIPPED', reason: 'it needs the report of a previous run: pass one with --baseline' }
  if (needs.includes('token') && !token)
    return { verdict: 'SKIPPED', reason: 'it needs a token: pass one with --token' }
  if (needs.includes('https') && !url.startsWith('https:'))
    return { verdict: 'SKIPPED', reason: 'it needs a gateway behind https' }
  return undefined
}
