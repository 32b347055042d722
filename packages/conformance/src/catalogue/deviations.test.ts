import {
  factOf,
  gateways,
  meetsAny,
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
import { pairOf, replyAt } from '../testing/pairs.ts'
import { context, requestOf, respond, type Reply } from '../testing/respond.ts'
import { checks } from './index.ts'

const followersOf = ({ delivery }: RequestPlan): RequestPlan[] => (delivery?.followedBy ? [delivery.followedBy] : [])
const plansOf = (check: Check, { maxBytes = context.maxBytes }: Limits = {}): RequestPlan[] =>
  check.plan({ ...context, maxBytes }).flatMap((plan) => [plan, ...followersOf(plan)])

type Sent = readonly [request: SentRequest, reply: Reply]

const sentOf = (check: Check, limits: Limits): Sent[] =>
  plansOf(check, limits).map((plan, index) => [requestOf(plan), replyAt(pairOf(check.id).pass, index)])

/** Everything that the catalogue sends, by the limit of the gateway: some requests are large. */
const everything = new Map<number | undefined, Sent[]>()

function everythingFor(limits: Limits): Sent[] {
  const sent = everything.get(limits.maxBytes) ?? checks.flatMap((check) => sentOf(check, limits))
  everything.set(limits.maxBytes, sent)
  return sent
}

/** Returns the exchanges of a check, or all exchanges, with correct responses. */
function conformingExchanges(check: Check, limits: Limits = {}): Exchange[] {
  const own = sentOf(check, limits)
  return (own.length ? own : everythingFor(limits)).map(([request, reply]) => respond(request, reply))
}

function isMet({ when }: Deviation, { request, response }: Exchange): boolean {
  const states = when.flatMap(({ state }) => (state?.enum ?? []) as string[])
  const facts = { ...request.facts, ...(response && { status: response.status }) }
  return [undefined, ...states].some((state) =>
    when.some((condition) => meetsCondition(condition, state === undefined ? facts : { ...facts, state })),
  )
}

/** Returns the first answer of a deviation that is possible for a request. */
function answerOf({ answers }: Deviation, { request: { facts } }: Exchange): Answer | undefined {
  const states = answers.flatMap(({ when = [] }) => when.flatMap(({ state }) => (state?.enum ?? []) as string[]))
  return answers.find(({ when }) => !when || meetsAny(when, facts, [undefined, ...states]))
}

/** Returns an exchange with the answer of a deviation. */
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
    // A gateway that responds after reading the upload has sent 100 first.
    interim: request.plan.delivery?.expectMs ? [100] : [],
  })
}

function fill(text: string, request: SentRequest): string {
  const token = headerOf(request, 'authorization')?.split(' ').at(-1) ?? ''
  const named: Record<string, string> = { token, seconds: '7', requestedHeaders: 'authorization' }
  return text.replaceAll(/\{([\w.]+)\}/g, (variable, name: string) => {
    const value = named[name] ?? factOf(request.facts, name)
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : variable
  })
}

const isComplaint = ({ severity }: Finding) => severity === 'fail' || severity === 'warn'

/** Returns the complaints of a check if the deviation shows with its first possible answer. */
function findComplaints(check: Check, deviation: Deviation, limits: Limits): readonly Finding[] {
  const exchanges = conformingExchanges(check, limits).map((exchange) => {
    // Some deviations are about server errors, which no request provokes.
    const failing = respond(exchange.request, 500)
    const met = [exchange, failing].find((one) => isMet(deviation, one))
    const answer = met && answerOf(deviation, met)
    return answer ? deviate(met, answer) : exchange
  })
  const run = check.id.startsWith('DR') ? { ...context, drift: [] } : context
  return check.judge(exchanges, run).filter(isComplaint)
}

describe.for(Object.values(gateways))('$name', async ({ name, limits }) => {
  const deviations = await listDeviations(name)
  const named = deviations.flatMap((deviation) => deviation.checks.map((id) => [deviation.id, id, deviation] as const))

  test.for(named)('%s trips %s', ([, id, deviation]) => {
    const complaints = checks
      .filter((check) => check.id === id)
      .flatMap((check) =>
        deviation.answers.flatMap((_, index) =>
          findComplaints(check, { ...deviation, answers: deviation.answers.slice(index) }, limits),
        ),
      )
    expect(complaints).not.toEqual([])
  })
})

test.for(checks.map((check) => [check.id, check] as const))('%s finds nothing without deviations', ([id, check]) => {
  const run = id.startsWith('DR') ? { ...context, drift: [] } : context
  expect(check.judge(conformingExchanges(check), run).filter(isComplaint)).toEqual([])
})
