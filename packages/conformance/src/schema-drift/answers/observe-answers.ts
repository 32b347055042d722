import { escapeRegExp, type Operation } from '@livepeer-ai/openapi'
import { headerOf, isJson, mediaTypeOf, type Exchange, type ReceivedResponse } from '../../exchange.ts'
import { emptySummary, mergeSummaries, summarizeValue, type ValueSummary } from './infer-schema.ts'

/**
 * A summary of the answers with one status and one media type to one operation.
 * Plain JSON; {@link mergeObservations} merges two of them.
 */
export interface Observation {
  method: string
  /** The path template of the contract. */
  path: string
  status: string
  /** Empty for an answer without a Content-Type. */
  mediaType: string
  samples: number
  /** Number of answers to requests without credentials. */
  withoutCredentials: number
  /** Number of answers with a JSON media type and a body that is not JSON. */
  unreadable: number
  body: ValueSummary
}

/** Summarizes the answers to the operations of the contract. Other requests are ignored. */
export function observeAnswers(
  exchanges: readonly Exchange[],
  operations: readonly Operation[],
  redact?: (text: string) => string,
): Observation[] {
  return mergeObservations(
    exchanges.flatMap((exchange) => {
      const operation = operations.find((candidate) => isAnswerTo(candidate, exchange))
      return operation && exchange.response ? [toObservation(exchange, exchange.response, operation, redact)] : []
    }),
  )
}

/** Merges the observations of the same operation, status and media type. */
export function mergeObservations(observations: readonly Observation[]): Observation[] {
  const merged = new Map<string, Observation>()
  for (const one of observations) {
    const key = `${one.method} ${one.path} ${one.status} ${one.mediaType}`
    const other = merged.get(key)
    merged.set(key, other ? mergeTwo(one, other) : one)
  }
  return [...merged].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one)
}

const mergeTwo = (one: Observation, other: Observation): Observation => ({
  ...one,
  samples: one.samples + other.samples,
  withoutCredentials: one.withoutCredentials + other.withoutCredentials,
  unreadable: one.unreadable + other.unreadable,
  body: mergeSummaries(one.body, other.body),
})

/**
 * Returns true if an exchange is with an operation. Matches the end of the target, because the base
 * URL can have a path of its own.
 */
export function isAnswerTo({ method, path }: Pick<Operation, 'method' | 'path'>, { request }: Exchange): boolean {
  const { operation } = request.plan
  if (operation && (operation.path !== path || operation.method !== method)) return false
  const pattern = path.split(/\{[^}]*\}/).map(escapeRegExp)
  return method === request.method && new RegExp(`${pattern.join('[^/]+')}$`).test(request.target.replace(/\?.*/s, ''))
}

function toObservation(
  { request, failure }: Exchange,
  response: ReceivedResponse,
  { method, path }: Operation,
  redact?: (text: string) => string,
): Observation {
  const mediaType = mediaTypeOf(response) ?? ''
  // An incomplete body says nothing about the gateway's schema.
  const value = isJson(mediaType) && !failure && !response.faults.length ? parse(response.body) : undefined
  return {
    method,
    path,
    status: String(response.status),
    mediaType,
    samples: 1,
    withoutCredentials: isAnonymous(request) ? 1 : 0,
    unreadable: value && 'error' in value ? 1 : 0,
    body: value && 'json' in value ? summarizeValue(value.json, redact) : emptySummary,
  }
}

/** The credentials of another API may be in any header, in the query or in a cookie. */
const isAnonymous = ({ plan, headers }: Exchange['request']): boolean =>
  plan.operation ? plan.credentials === null : headerOf({ headers }, 'authorization') === undefined

function parse(body: Buffer): { json: unknown } | { error: true } {
  try {
    return { json: JSON.parse(body.toString('utf8')) as unknown }
  } catch {
    return { error: true }
  }
}
