import { meetsCondition, type Answer, type Deviation } from '@livepeer-ai/openapi/gateways'
import type { Aspect } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { matchesAnswer, matchesWords, type ExchangeFacts } from './match-answer.ts'

export const toExchangeFacts = ({ request, response, failure }: Exchange): ExchangeFacts => ({
  facts: request.facts,
  response,
  failure,
})

/** A complaint of a check about an exchange. */
interface Complaint {
  check: string
  about: Aspect
}

/**
 * Returns the deviation that an exchange shows, or undefined.
 * Given a complaint, the deviation must also name its check and change what it is about.
 */
export function findDeviation(
  deviations: readonly Deviation[],
  exchange: ExchangeFacts | undefined,
  complaint?: Complaint,
): Deviation | undefined {
  if (!exchange) return undefined
  return (
    deviations
      .filter((deviation) => isPossible(deviation, exchange) && isShown(deviation, exchange))
      .filter((deviation) => !complaint || excuses(deviation, exchange, complaint))
      // Among deviations with the same form, the one with the same words wins.
      .toSorted((a, b) => Number(matchesWords(b.answers, exchange)) - Number(matchesWords(a.answers, exchange)))[0]
  )
}

const excuses = ({ checks, answers }: Deviation, exchange: ExchangeFacts, { check, about }: Complaint): boolean =>
  checks.includes(check) && answers.some((answer) => matchesAnswer(answer, exchange) && changes(answer, about))

/** Returns true if an answer differs from the contract in a part. A closed connection lacks all. */
function changes({ status, connection, headers, lacks, mediaType, body }: Answer, about: Aspect): boolean {
  const parts: Record<Aspect, unknown> = {
    status,
    headers: headers ?? lacks ?? mediaType,
    body: body ?? mediaType,
    connection: undefined,
  }
  return connection !== undefined || parts[about] !== undefined
}

/**
 * Drops the deviations of a gateway setup that an exchange disproves.
 * They are those that are not permanent and that omit something or accept an invalid request.
 * An error with its own words may come and go, so that nothing disproves it.
 */
export function selectDeviationsInForce(deviations: readonly Deviation[], exchanges: readonly Exchange[]): Deviation[] {
  const answered = exchanges.map(toExchangeFacts).filter(({ response }) => response !== undefined)
  return deviations.filter((deviation) => {
    const { frequency, answers } = deviation
    if (frequency === 'always' || answers.some(({ body, connection }) => body !== undefined || connection)) return true
    const isOmission = answers.every(({ status }) => status === undefined)
    return !answered.some(
      (exchange) =>
        isPossible(deviation, exchange) &&
        !isShown(deviation, exchange) &&
        (isOmission || exchange.response?.status === 401),
    )
  })
}

interface DeviationCounts {
  /** Permanent deviations that at least one request had to show. */
  due: number
  /** Those of them that at least one request shows. */
  shown: number
  /** Requests that had to show a permanent deviation, and show one. */
  hits: number
  /** Requests that had to show a permanent deviation, and show none. */
  misses: number
}

/** Counts how often these exchanges show the permanent deviations that they have to show. */
export function countShownDeviations(
  deviations: readonly Deviation[],
  exchanges: readonly Exchange[],
): DeviationCounts {
  const due = new Set<Deviation>()
  const shown = new Set<Deviation>()
  const counts = { hits: 0, misses: 0 }
  for (const exchange of exchanges.map(toExchangeFacts)) {
    const expected = deviations.filter((deviation) => isCertain(deviation, exchange))
    if (expected.length === 0) continue
    const met = expected.filter((deviation) => isShown(deviation, exchange))
    for (const deviation of expected) due.add(deviation)
    for (const deviation of met) shown.add(deviation)
    // The answer of a deviation that depends on a state of the gateway also explains it.
    if (met.length || findDeviation(deviations, exchange)) counts.hits++
    else counts.misses++
  }
  return { due: due.size, shown: shown.size, ...counts }
}

/** Returns true if the deviation must show in an exchange, in any state of the gateway. */
export const isCertain = (deviation: Deviation, exchange: ExchangeFacts): boolean =>
  deviation.frequency === 'always' && meetsConditions(deviation, exchange, [undefined])

/** Returns true if the deviation can show in an exchange, in some state of the gateway. */
export function isPossible(deviation: Deviation, exchange: ExchangeFacts): boolean {
  const states = deviation.when.flatMap(({ state }) => (state?.enum ?? []) as string[])
  return meetsConditions(deviation, exchange, [undefined, ...states])
}

function meetsConditions(
  { when }: Deviation,
  { facts, response }: ExchangeFacts,
  states: (string | undefined)[],
): boolean {
  const status = response?.status ?? facts.status
  return states.some((state) => when.some((condition) => meetsCondition(condition, { ...facts, status, state })))
}

/**
 * Returns true if a response is one of the answers of a deviation.
 * A deviation that is not permanent must match word for word.
 */
export function isShown({ answers, frequency }: Deviation, exchange: ExchangeFacts): boolean {
  const met = answers.filter((answer) => matchesAnswer(answer, exchange))
  return frequency === 'always'
    ? met.length > 0
    : met.some(({ body }) => body === undefined) || matchesWords(met, exchange)
}
