import type { Schema } from '@livepeer-ai/openapi'
import type { Check, Context, Finding } from '../check.ts'
import { headerOf, isJson, mediaTypeOf, type Exchange } from '../exchange.ts'

export type Judge = Check['judge']

/** Statuses, and classes of them such as `4xx`. */
export type Statuses = readonly (number | string)[]

/** Which statuses pass, which pass with a remark and which are worth a warning; any other fails. */
export interface Accepted {
  pass: Statuses
  note?: Statuses
  warn?: Statuses
}

/** Judges each exchange by its status alone. No answer fails. */
export function findBadStatuses(exchanges: readonly Exchange[], { pass, note = [], warn = [] }: Accepted): Finding[] {
  return exchanges.flatMap((exchange): Finding[] => {
    const { response, failure } = exchange
    if (!response) return [reportNoAnswer(exchange)]
    if (failure) return [{ severity: 'fail', message: `the answer is incomplete: ${failure.message}`, exchange }]
    const { status } = response
    if (matchesStatus(status, pass)) return []
    const message = `${status}, where ${pass.join(', ').replace(/, ([^,]+)$/, ' or $1')} is owed`
    if (matchesStatus(status, note)) return [{ severity: 'info', message, exchange }]
    if (matchesStatus(status, warn)) return [{ severity: 'warn', message, exchange }]
    return [isOverload(exchange) ? reportOverload(exchange) : { severity: 'fail', message, exchange }]
  })
}

/** A judge that looks at the status alone. */
export const judgeStatus =
  (accepted: Accepted): Judge =>
  (exchanges) =>
    findBadStatuses(exchanges, accepted)

/** A judge that finds what each of these finds. */
export const judgeAll =
  (...judges: Judge[]): Judge =>
  (exchanges, context) =>
    judges.flatMap((judge) => judge(exchanges, context))

/** A judge of each exchange by itself: what `look` says is what is wrong with it. */
export const judgeEach =
  (
    severity: Finding['severity'],
    look: (exchange: Exchange, context: Context) => string | false | undefined,
    more: Pick<Finding, 'driftClass' | 'pointer'> = {},
  ): Judge =>
  (exchanges, context) =>
    exchanges.flatMap((exchange) => {
      const message = look(exchange, context)
      return message ? [{ severity, message, exchange, ...more }] : []
    })

/** Whether a status is among statuses and classes such as `4xx`. */
export const matchesStatus = (status: number, accepted: Statuses): boolean =>
  accepted.some((one) => one === status || one === `${Math.floor(status / 100)}xx`)

/** A gateway that says it is too busy, and for how long, has not shown what it does with the request. */
export const isOverload = ({ response }: Exchange): boolean =>
  response?.status === 429 || (response?.status === 503 && headerOf(response, 'retry-after') !== undefined)

const reportOverload = (exchange: Exchange): Finding => ({
  severity: 'inconclusive',
  message: `${exchange.response!.status}: too busy to show what it does with this`,
  exchange,
})

/** No answer at all. */
export function reportNoAnswer(exchange: Exchange): Finding {
  const { failure } = exchange
  return { severity: 'fail', message: `no answer: ${failure?.message ?? 'the connection ended'}`, exchange }
}

/** The JSON of an answer; undefined for a body that is none. */
export function parseJson({ response }: Exchange): unknown {
  try {
    return response && JSON.parse(response.body.toString())
  } catch {
    return undefined
  }
}

/** The statuses that tell of HTTP itself, which no description repeats. */
const protocolStatuses = new Set([405, 406, 408, 411, 414, 417, 421, 426, 431, 501, 505])

/** Whether a status is documented for the operation, or need not be. */
export const isExpectedStatus = (status: number, { operation }: Context): boolean =>
  isDocumented(status, operation.responses) || protocolStatuses.has(status)

const isDocumented = (status: number, responses: Readonly<Record<string, unknown>>): boolean =>
  [String(status), `${Math.floor(status / 100)}XX`, 'default'].some((key) => key in responses)

/** Whether a request goes to the operation of the contract, and is whole as a message of HTTP. */
export function isAddressed({ request: { plan } }: Exchange, { operation }: Context): boolean {
  const path = (plan.target ?? operation.path).split('?')[0]
  return path === operation.path && (plan.method ?? operation.method) === operation.method && isWellFramed(plan)
}

/** Whether a request is framed as HTTP wants it, so that an answer is owed. */
export function isWellFramed({ delivery = {}, headers = {} }: Exchange['request']['plan']): boolean {
  const isBoth =
    delivery.chunks !== undefined && Object.keys(headers).some((name) => name.toLowerCase() === 'content-length')
  return delivery.abortAfter === undefined && delivery.contentLengthError === undefined && !isBoth
}

/** Whether an answer says that it is the last one on its connection. */
export const endsConnection = ({ response }: Exchange): boolean =>
  response !== undefined &&
  (/\bclose\b/i.test(headerOf(response, 'connection') ?? '') || response.httpVersion === '1.0')

/** The schema that the contract has for the JSON of a status. */
export function findSchema(status: number, { contract, operation }: Context): Schema | undefined {
  const content = contract.schemas[operation.operationId]?.responses[status] ?? {}
  return Object.entries(content).find(([mediaType]) => isJson(mediaType))?.[1]
}

/** Whether an answer says that it is JSON, and has a body. */
export const hasJson = ({ response }: Exchange): boolean => isJson(mediaTypeOf(response)) && response!.body.length > 0
