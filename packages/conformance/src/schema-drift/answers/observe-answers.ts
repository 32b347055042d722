import type { Operation } from '@livepeer-ai/openapi'
import { headerOf, isJson, mediaTypeOf, type Exchange } from '../../exchange.ts'
import { mergeSummaries, emptySummary, summarizeValue, type ValueSummary } from './infer-schema.ts'

/** What the answers of one operation with one status and one media type have in common. Plain JSON, and mergeable as {@link ValueSummary} is. */
export interface Observation {
  method: string
  /** The path template of the contract. */
  path: string
  status: string
  /** Empty for an answer without a Content-Type. */
  mediaType: string
  samples: number
  /** Answers to requests that carried no credentials. */
  withoutCredentials: number
  /** Answers of a JSON media type whose body is not JSON. */
  unreadable: number
  body: ValueSummary
}

/** Sums up the answers to requests of the contract's operations. What was sent to another method or path, or never answered, is left out. */
export function observeAnswers(
  exchanges: readonly Exchange[],
  operations: readonly Operation[],
  redact?: (text: string) => string,
): Observation[] {
  return mergeObservations(
    exchanges.flatMap((exchange) => {
      const operation = operations.find((candidate) => isFor(candidate, exchange))
      return operation && exchange.response ? [observation(exchange, operation, redact)] : []
    }),
  )
}

/** Observations of the same operation, status and media type as one. */
export function mergeObservations(observations: readonly Observation[]): Observation[] {
  const merged = new Map<string, Observation>()
  for (const one of observations) {
    const key = `${one.method} ${one.path} ${one.status} ${one.mediaType}`
    const other = merged.get(key)
    merged.set(
      key,
      other
        ? {
            ...one,
            samples: one.samples + other.samples,
            withoutCredentials: one.withoutCredentials + other.withoutCredentials,
            unreadable: one.unreadable + other.unreadable,
            body: mergeSummaries(one.body, other.body),
          }
        : one,
    )
  }
  return [...merged].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one)
}

/** The base URL may have a path of its own: the operation's is at the end. */
function isFor({ method, path }: Operation, { request }: Exchange): boolean {
  const pattern = path.split(/\{[^}]*\}/).map((text) => text.replaceAll(/[.*+?^$()|[\]\\{}]/g, String.raw`\$&`))
  return method === request.method && new RegExp(`${pattern.join('[^/]+')}$`).test(request.target.split('?')[0]!)
}

function observation(exchange: Exchange, { method, path }: Operation, redact?: (text: string) => string): Observation {
  const { request, response, failure } = exchange
  const mediaType = mediaTypeOf(response) ?? ''
  // A body that did not come whole says nothing about the gateway's schema.
  const value = isJson(mediaType) && !failure && !response!.faults.length ? parse(response!.body) : undefined
  return {
    method,
    path,
    status: String(response!.status),
    mediaType,
    samples: 1,
    withoutCredentials: headerOf(request, 'authorization') === undefined ? 1 : 0,
    unreadable: value && 'error' in value ? 1 : 0,
    body: value && 'json' in value ? summarizeValue(value.json, redact) : emptySummary,
  }
}

function parse(body: Buffer): { json: unknown } | { error: true } {
  try {
    return { json: JSON.parse(body.toString('utf8')) as unknown }
  } catch {
    return { error: true }
  }
}
