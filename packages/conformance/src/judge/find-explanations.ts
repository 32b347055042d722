import type { Answer, Deviation } from '@livepeer-ai/openapi/gateways'
import type { Exchange } from '../exchange.ts'
import { isPossible, isShown, toExchangeFacts } from './find-deviation.ts'
import { matchesAnswer } from './match-answer.ts'

/** Lists the answers of known deviations that an exchange shows. */
export function findExplanations(
  deviations: readonly Deviation[],
  exchange: Exchange,
): { answer: Answer; isAboutCredentials: boolean }[] {
  const facts = toExchangeFacts(exchange)
  return deviations
    .filter((deviation) => isPossible(deviation, facts) && isShown(deviation, facts))
    .flatMap(({ answers, when }) =>
      answers
        .filter((answer) => matchesAnswer(answer, facts))
        .map((answer) => ({
          answer,
          isAboutCredentials: when.some((condition) => 'token' in condition || 'scheme' in condition),
        })),
    )
}
