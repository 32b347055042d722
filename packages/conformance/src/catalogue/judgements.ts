import { escapeRegExp, isObject, type Schema } from '@livepeer-ai/openapi'
import type { Aspect, Check, Context, Finding } from '../check.ts'
import { headerOf, isJson, mediaTypeOf, withoutParameters, type Exchange, type ReceivedResponse } from '../exchange.ts'
import type { RequestPlan } from '../request-plan.ts'

export type Judge = Check['judge']

/** Statuses, and classes of statuses such as `4xx`. */
export type Statuses = readonly (number | string)[]

/** Statuses that pass, pass with a remark or give a warning; any other status fails. */
export interface AcceptedStatuses {
  pass: Statuses
  note?: Statuses
  warn?: Statuses
}

/** A message for a finding, or a falsy value if nothing is wrong. */
type Complaint = string | false | undefined

type FindingExtras = Pick<Finding, 'driftClass' | 'pointer'>

/** Judges each exchange by its status alone. A missing response fails. */
export function findBadStatuses(
  exchanges: readonly Exchange[],
  { pass, note = [], warn = [] }: AcceptedStatuses,
): Finding[] {
  return exchanges.flatMap((exchange): Finding[] => {
    const { response, failure } = exchange
    if (!response) return [reportNoResponse(exchange)]
    if (failure) {
      const message = `saw an incomplete response: ${failure.message}`
      return [{ severity: 'fail', about: 'connection', message, exchange }]
    }
    const { status } = response
    if (matchesStatus(status, pass)) return []
    const message = `saw ${status}, expected ${joinWithOr(pass)}`
    if (matchesStatus(status, note)) return [{ severity: 'info', about: 'status', message, exchange }]
    if (matchesStatus(status, warn)) return [{ severity: 'warn', about: 'status', message, exchange }]
    if (isOverload(response)) return [reportOverload(response, exchange)]
    return [{ severity: 'fail', about: 'status', message, exchange }]
  })
}

const joinWithOr = (names: Statuses): string => names.join(', ').replace(/, ([^,]+)$/, ' or $1')

/** Returns a judge that looks at the status alone. */
export const judgeStatus =
  (accepted: AcceptedStatuses): Judge =>
  (exchanges) =>
    findBadStatuses(exchanges, accepted)

/** Passes for a transcript. */
export const judgeTranscribed: Judge = judgeStatus({ pass: [200] })

/**
 * Passes for a documented success.
 * A sample that is made from schemas alone may break a rule that no schema has.
 */
export const judgeValid: Judge = (exchanges, context) => {
  const { operation, sample } = context
  if (!sample) return judgeTranscribed(exchanges, context)
  if (!hasSuccess(operation)) return []
  return findBadStatuses(exchanges, { pass: listSuccesses(operation) }).map((finding) => {
    const { response, request } = finding.exchange ?? {}
    const { status = 0 } = response ?? {}
    if (status === 404 && request?.plan.requires?.length === 0)
      return { ...finding, severity: 'inconclusive' as const, message: unfilled }
    // A login rejects the name and the password of nobody.
    const rules = operation.security.length === 0 ? [400, 401, 403, 409, 422] : [400, 409, 422]
    const isRule = sample.origin === 'schema' && sample.body && matchesStatus(status, rules)
    const words = request?.plan.words
    if (!isRule) return words === undefined ? finding : { ...finding, message: `${finding.message}: ${words}` }
    const named = isObject(sample.body?.value)
      ? Object.keys(sample.body.value).filter((name) => response?.body.includes(name))
      : []
    const about = named.length > 0 ? `, and the answer names ${named.join(', ')}` : ''
    const message = `saw ${status} for a body made from the schema${about}: if it breaks another rule, write a valid one into \`${operation.operationId}: { body: … }\` of samples.yaml, which \`samples init --spec FILE --samples samples.yaml\` makes`
    return { ...finding, severity: 'inconclusive' as const, message }
  })
}

const unfilled = 'saw 404: the item may have none yet, and --allow-writes sends the PUT of this path before'

/**
 * Passes for a documented success of each variant of the valid request, which comes first. A
 * conflict depends on other items.
 */
export const judgeAccepted: Judge = ([base, ...variants], { operation }) => {
  if (!hasSuccess(operation)) return []
  const pass = listSuccesses(operation)
  const { status } = base?.response ?? {}
  if (base && !matchesStatus(status, pass)) {
    const message = `saw ${status ?? 'no response'} for the valid request, so its variants show nothing`
    return [{ severity: 'inconclusive', message, exchange: base }]
  }
  return variants.flatMap((exchange) => {
    const { words = 'another valid value' } = exchange.request.plan
    return findBadStatuses([exchange], { pass: [...pass, 409] }).map((finding) => ({
      ...finding,
      message: `${finding.message.replace(/ or 409$|, 409$/, '')}: ${words}`.slice(0, 120),
    }))
  })
}

/** Returns false for an operation whose description has errors only. */
const hasSuccess = ({ responses }: Context['operation']): boolean =>
  Object.keys(responses).some((status) => /^(2|3|default)/.test(status)) || Object.keys(responses).length === 0

const listSuccesses = ({ responses }: Context['operation']): Statuses => {
  const successes = Object.keys(responses).filter((status) => /^[23]/.test(status))
  return successes.length > 0
    ? successes.map((status) => (/^\d+$/.test(status) ? Number(status) : status.toLowerCase()))
    : ['2xx']
}

/** Returns a judge with the findings of all these judges. */
export const judgeAll =
  (...judges: Judge[]): Judge =>
  (exchanges, context) =>
    judges.flatMap((judge) => judge(exchanges, context))

/** Returns a judge whose findings are about a part of the exchange, unless they name another. */
export const judgeAspect =
  (about: Aspect, judge: Judge): Judge =>
  (exchanges, context) =>
    judge(exchanges, context).map((finding) => ({ about, ...finding }))

/** Returns a judge that calls `look` for each exchange. */
export const judgeEach =
  (
    severity: Finding['severity'],
    look: (exchange: Exchange, context: Context) => Complaint,
    extras: FindingExtras = {},
  ): Judge =>
  (exchanges, context) =>
    exchanges.flatMap((exchange) => {
      const message = look(exchange, context)
      return message ? [{ severity, message, exchange, ...extras }] : []
    })

/** Returns a judge that calls `look` for each exchange with a response. */
export const judgeEachResponse = (
  severity: Finding['severity'],
  look: (response: ReceivedResponse, context: Context, exchange: Exchange) => Complaint,
  extras: FindingExtras = {},
): Judge =>
  judgeEach(severity, (exchange, context) => exchange.response && look(exchange.response, context, exchange), extras)

/** Returns one of the exchanges of a check by its position in the plan. */
export function exchangeAt(exchanges: readonly Exchange[], index: number): Exchange {
  const exchange = exchanges[index]
  if (!exchange) throw new RangeError(`there is no exchange ${index + 1}`)
  return exchange
}

/** Returns true if a status is in a list of statuses and classes such as `4xx`. */
export const matchesStatus = (status: number | undefined, accepted: Statuses): boolean =>
  status !== undefined && accepted.some((one) => one === status || one === `${Math.floor(status / 100)}xx`)

/** Returns true for 429, and for 503 with Retry-After: they say nothing about the request. */
export const isOverload = (response: ReceivedResponse): boolean =>
  response.status === 429 || (response.status === 503 && headerOf(response, 'retry-after') !== undefined)

const reportOverload = ({ status }: ReceivedResponse, exchange: Exchange): Finding => ({
  severity: 'inconclusive',
  message: `saw ${status}: the server is too busy to judge this`,
  exchange,
})

export function reportNoResponse(exchange: Exchange): Finding {
  const message = `saw no response: ${exchange.failure?.message ?? 'the connection ended'}`
  return { severity: 'fail', about: 'connection', message, exchange }
}

/** Parses the body of a response; returns undefined if it is not JSON. */
export function parseJson({ response }: Exchange): unknown {
  try {
    return response && JSON.parse(response.body.toString())
  } catch {
    return undefined
  }
}

/** Statuses that are about HTTP itself, which no description repeats. */
const protocolStatuses = new Set([405, 406, 408, 411, 414, 417, 421, 426, 431, 501, 505])

/** Returns true for a status that the operation documents, or need not document. */
export const isExpectedStatus = (status: number, { operation }: Context): boolean =>
  isDocumented(status, operation.responses) || protocolStatuses.has(status)

const isDocumented = (status: number, responses: Readonly<Record<string, unknown>>): boolean =>
  [String(status), `${Math.floor(status / 100)}XX`, 'default'].some((key) => key in responses)

/** Returns true for a well-framed request to the operation of the contract. */
export const isAddressed = ({ request: { plan } }: Exchange, { operation }: Context): boolean =>
  isAtPath(plan, operation) && (plan.method ?? operation.method) === operation.method && isWellFramed(plan)

/** Returns true for a request to the path of an operation. */
export function isAtPath({ target }: RequestPlan, { path }: { path: string }): boolean {
  const [own = ''] = (target ?? path).split('?')
  return own === path || matcherOf(path).test(own)
}

const matchers = new Map<string, RegExp>()

/** Returns a regular expression for the paths of a template; the same one for each call. */
function matcherOf(template: string): RegExp {
  const known = matchers.get(template)
  if (known) return known
  const pattern = template.split(/\{[^}]*\}/).map(escapeRegExp)
  const matcher = new RegExp(`^${pattern.join('[^/]+')}$`)
  matchers.set(template, matcher)
  return matcher
}

/** Returns true for a request with correct HTTP framing, which must get a response. */
export function isWellFramed({ delivery = {}, headers = {} }: Exchange['request']['plan']): boolean {
  const isAmbiguous =
    delivery.chunks !== undefined && Object.keys(headers).some((name) => name.toLowerCase() === 'content-length')
  return delivery.abortAfter === undefined && delivery.contentLengthError === undefined && !isAmbiguous
}

/** Returns true if a response announces the end of its connection. */
export const endsConnection = ({ response }: Exchange): boolean =>
  response !== undefined &&
  (/\bclose\b/i.test(headerOf(response, 'connection') ?? '') || response.httpVersion === '1.0')

/** Returns the contract's schema for the JSON of a status. */
export function findSchema(status: number, { contract, operation }: Context): Schema | undefined {
  const { responses = {} } = contract.schemas[operation.operationId] ?? {}
  const content = responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses['default'] ?? {}
  return Object.entries(content).find(([mediaType]) => isJson(withoutParameters(mediaType)))?.[1]
}

/** Returns true for a response with a body and the media type of JSON. */
export const hasJson = ({ response }: Exchange): boolean =>
  response !== undefined && response.body.length > 0 && isJson(mediaTypeOf(response))
