import { meetsCondition, type Deviation } from '@livepeer-ai/openapi/gateways'
import { planNothing } from '../catalogue/define-checks.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { isOtherAnswer, matchesAnswer, matchesWords, type ExchangeFacts } from './match-answer.ts'

/** An exchange as the conditions of deviations want it. */
export const toExchangeFacts = ({ request, response, failure }: Exchange): ExchangeFacts => ({
  facts: request.facts,
  ...(response && { response }),
  ...(failure && { failure }),
})

/** Areas whose checks are about more than which answer comes: an answer that is known excuses nothing there unless the deviation names the check. */
const ownAreas = new Set(['headers', 'errors', 'response', 'drift', 'speech'])

/**
 * The deviation that explains why a check found fault with an exchange; undefined when it is news.
 * It names the check, when there is one, or it makes the gateway give another answer altogether, so that every check which counts on the right one trips.
 */
export function findDeviation(
  deviations: readonly Deviation[],
  check: Pick<Check, 'id' | 'area' | 'plan'> | undefined,
  exchange: ExchangeFacts | undefined,
): Deviation | undefined {
  if (!exchange) return undefined
  // Of several that have the same form, the one that has the same words.
  const shown = deviations
    .filter((deviation) => isPossible(deviation, exchange) && isShown(deviation, exchange))
    .toSorted((a, b) => Number(matchesWords(b.answers, exchange)) - Number(matchesWords(a.answers, exchange)))
  if (!check) return shown[0]
  const isNamed = ({ checks }: Deviation) => checks.includes(check.id)
  // What is known of a status alone would excuse whatever is answered with it.
  const excuses = ({ when, answers }: Deviation) =>
    when.every((condition) => !('status' in condition)) && answers.some(isOtherAnswer)
  // What observes all exchanges is about what is in an answer; and what is refused says nothing about speech.
  const isAbout =
    check.plan === planNothing ||
    (ownAreas.has(check.area) && (check.area !== 'speech' || exchange.response?.status === 200))
  return shown.find(isNamed) ?? (isAbout ? undefined : shown.find(excuses))
}

/**
 * Without those that are a matter of how the gateway is set up, where an exchange shows that it is set up otherwise.
 * They take something away, or let pass what has to be refused, and do so throughout; a failure, which has words of its own, may come and go.
 */
export function selectDeviationsInForce(deviations: readonly Deviation[], exchanges: readonly Exchange[]): Deviation[] {
  const answered = exchanges.map(toExchangeFacts).filter(({ response }) => response !== undefined)
  return deviations.filter((deviation) => {
    const { frequency, answers } = deviation
    if (frequency === 'always' || answers.some(({ body, connection }) => body !== undefined || connection)) return true
    const isRefusal = ({ response }: ExchangeFacts) => response!.status === 401
    const takesAway = answers.every(({ status }) => status === undefined)
    return !answered.some(
      (exchange) =>
        isPossible(deviation, exchange) && !isShown(deviation, exchange) && (takesAway || isRefusal(exchange)),
    )
  })
}

export type DeviationState = 'known' | 'stale' | 'not exercised'

/** Of each deviation, whether these exchanges show it, or no longer do where they had to. */
export function judgeDeviations(
  deviations: readonly Deviation[],
  exchanges: readonly Exchange[],
): Map<Deviation, DeviationState> {
  const all = exchanges.map(toExchangeFacts)
  // What another deviation has answered in words of its own tells nothing of this one.
  const speaking = deviations.filter(({ answers }) => answers.some(({ body, connection }) => body ?? connection))
  const unexplained = all.filter((exchange) => findDeviation(speaking, undefined, exchange) === undefined)
  return new Map(
    deviations.map((deviation) => {
      if (all.some((exchange) => hasToShow(deviation, exchange) && isShown(deviation, exchange)))
        return [deviation, 'known']
      return [deviation, unexplained.some((exchange) => hasToShow(deviation, exchange)) ? 'stale' : 'not exercised']
    }),
  )
}

/** Whether an exchange is one in which the deviation has to show, whatever the state of the gateway. */
const hasToShow = (deviation: Deviation, exchange: ExchangeFacts): boolean =>
  deviation.frequency === 'always' && meetsConditions(deviation, exchange, [undefined])

/** Whether the deviation can show in an exchange. */
function isPossible(deviation: Deviation, exchange: ExchangeFacts): boolean {
  const states = deviation.when.flatMap(({ state }) => (state?.enum ?? []) as string[])
  return meetsConditions(deviation, exchange, [undefined, ...states])
}

function meetsConditions(
  { when }: Deviation,
  { facts: request, response }: ExchangeFacts,
  states: (string | undefined)[],
): boolean {
  const facts = { ...request, ...(response && { status: response.status }) }
  return states.some((state) =>
    when.some((condition) => meetsCondition(condition, { ...facts, ...(state && { state }) })),
  )
}

/** Whether the answer is one of those that the deviation describes: in the very words where no request tells when it shows. */
function isShown({ answers, frequency }: Deviation, exchange: ExchangeFacts): boolean {
  const met = answers.filter((answer) => matchesAnswer(answer, exchange))
  return frequency === 'always'
    ? met.length > 0
    : met.some(({ body }) => body === undefined) || matchesWords(met, exchange)
}
