import type { Answer, Deviation } from '@livepeer-ai/openapi/gateways'
import { isPossible, isShown } from './find-deviation.ts'
import { matchesAnswer, type ExchangeFacts } from './match-answer.ts'

/** An answer of a known deviation that an exchange shows. */
interface Explanation {
  deviation: Deviation
  answer: Answer
  /** True if the deviation depends on the credentials of the request. */
  isAboutCredentials: boolean
}

/** Lists the answers of known deviations that an exchange shows. */
export function findExplanations(deviations: readonly Deviation[], exchange: ExchangeFacts): Explanation[] {
  return deviations
    .filter((deviation) => isPossible(deviation, exchange) && isShown(deviation, exchange))
    .flatMap((deviation) =>
      deviation.answers
        .filter((answer) => matchesAnswer(answer, exchange))
        .map((answer) => ({
          deviation,
          answer,
          isAboutCredentials: deviation.when.some((condition) => 'token' in condition || 'scheme' in condition),
        })),
    )
}
