import {
  gateways,
  meetsCondition,
  listDeviations,
  type Answer,
  type Deviation,
  type Limits,
} from '@livepeer-ai/openapi/gateways'
import { describe, expect, test } from 'vitest'
import type { Check, Finding } from '../check.ts'
import { headerOf, type Exchange, type SentRequest } from '../exchange.ts'
import type { RequestPlan } from '../request-plan.ts'
import { pairs } from '../testing/pairs.ts'
import { context, requestOf, respond, type Reply } from '../testing/respond.ts'
import { checks } from './index.ts'

const followers = ({ delivery }: RequestPlan): RequestPlan[] => (delivery?.followedBy ? [delivery.followedBy] : [])
const sentBy = (check: Check, { maxBytes = context.maxBytes }: Limits = {}): RequestPlan[] =>
  check.plan({ ...context, maxBytes }).flatMap((plan) => [plan, ...followers(plan)])

type Sent = readonly [request: SentRequest, reply: Reply]

const ownOf = (check: Check, limits: Limits): Sent[] =>
  sentBy(check, limits).map((plan, index) => [requestOf(plan), passing(check.id, index)])

/** All that the catalogue sends, by the limit of the gateway: some of it is large. */
const everything = new Map<number | undefined, Sent[]>()

function everythingFor(limits: Limits): Sent[] {
  const sent = everything.get(limits.maxBytes) ?? checks.flatMap((check) => ownOf(check, limits))
  everything.set(limits.maxBytes, sent)
  return sent
}

/** The answer that is right for a request of a check. */
function passing(id: string, index: number): Reply {
  const { pass } = pairs[id]!
  return Array.isArray(pass) ? (pass[index] as Reply) : (pass as Reply)
}

/** The exchanges of a check, or all of the catalogue, with each answer as it should be. */
function conforming(check: Check, limits: Limits = {}): Exchange[] {
  const own = ownOf(check, limits)
  return (own.length ? own : everythingFor(limits)).map(([request, reply]) => respond(request, reply))
}

function isMet({ when }: Deviation, { request, response }: Exchange): boolean {
  const states = when.flatMap(({ state }) => (state?.enum ?? []) as string[])
  const facts = { ...request.facts, ...(response && { status: response.status }) }
  return [undefined, ...states].some((state) =>
    when.some((condition) => meetsCondition(condition, state === undefined ? facts : { ...facts, state })),
  )
}

/** An exchange as the gateway has it that deviates so. */
function deviate({ request, response }: Exchange, answer: Answer): Exchange {
  if (answer.connection === 'closed') return respond(request, { failure: 'dropped' })
  const lacking = Object.fromEntries((answer.lacks ?? []).map((name) => [name, null]))
  const filled = (text: string) => fill(text, request)
  const status = answer.status ?? response?.status ?? 0
  const kept = answer.body === undefined && answer.status === undefined && response ? { body: response.body } : {}
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [name, filled(value)])
  return respond(request, {
    status,
    ...kept,
    ...(answer.body !== undefined && { body: filled(answer.body) }),
    headers: {
      'retry-after': null,
      ...(response && answer.status === undefined && Object.fromEntries(response.headers)),
      ...Object.fromEntries(headers),
      ...(answer.mediaType && { 'content-type': answer.mediaType }),
      ...lacking,
    },
    // Who has read the upload before it answers has asked for it first.
    interim: request.plan.delivery?.expectMs ? [100] : [],
  })
}

function fill(text: string, request: SentRequest): string {
  const token = headerOf(request, 'authorization')?.split(' ').at(-1) ?? ''
  return text
    .replaceAll('{token}', token)
    .replaceAll('{message}', 'Not like this: metadata is not JSON.')
    .replaceAll('{seconds}', '7')
    .replaceAll('{date}', 'Thu, 01 Jan 2026 00:00:00 GMT')
}

const isFault = ({ severity }: Finding) => severity === 'fail' || severity === 'warn'

/** What a check finds fault with when every answer that the deviation is about is the first of its answers. */
function objections(check: Check, deviation: Deviation, limits: Limits): readonly Finding[] {
  const exchanges = conforming(check, limits).map((exchange) => {
    // Some are about failures, which no request can provoke.
    const failing = respond(exchange.request, 500)
    const met = [exchange, failing].find((one) => isMet(deviation, one))
    return met ? deviate(met, deviation.answers[0]!) : exchange
  })
  const run = check.id.startsWith('DR') ? { ...context, drift: [] } : context
  return check.judge(exchanges, run).filter(isFault)
}

describe.for(Object.values(gateways))('$name', async ({ name, limits }) => {
  const deviations = await listDeviations(name)
  const named = deviations.flatMap((deviation) => deviation.checks.map((id) => [deviation.id, id, deviation] as const))

  test.for(named)('%s trips %s', ([, id, deviation]) => {
    const check = checks.find((one) => one.id === id)!
    expect(objections(check, deviation, limits)).not.toEqual([])
  })
})

test.for(checks.map((check) => [check.id, check] as const))('%s finds nothing without deviations', ([id, check]) => {
  const run = id.startsWith('DR') ? { ...context, drift: [] } : context
  expect(check.judge(conforming(check), run).filter(isFault)).toEqual([])
})
