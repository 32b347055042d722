import type { Deviation } from '@livepeer-ai/openapi/gateways'
import { isOverload } from '../catalogue/judgements.ts'
import type { Exchange } from '../exchange.ts'
import type { CheckResult, ReportedDeviation } from '../report.ts'
import { findDeviation, isCertain, isShown, toExchangeFacts } from './find-deviation.ts'

type Judgement = Pick<CheckResult, 'id' | 'verdict' | 'exchanges'>

/**
 * Returns the state of each deviation. It is known if an exchange or the excuse of a finding shows
 * it. It is stale if a request that had to show it got an answer that passes its checks.
 * A deviation that depends on a state of the gateway is never stale.
 */
export function judgeDeviations(
  deviations: readonly Deviation[],
  exchanges: readonly Exchange[],
  checks: readonly (Judgement & Pick<CheckResult, 'findings'>)[],
): Map<Deviation, ReportedDeviation['state']> {
  const excusing = new Set(checks.flatMap(({ findings }) => findings.map(({ known }) => known?.id)))
  // An exchange with the words of another deviation says nothing about this one.
  const speaking = deviations.filter(({ answers }) => answers.some(({ body, connection }) => body ?? connection))
  const telling = exchanges.filter(
    (exchange) => isAnswered(exchange) && findDeviation(speaking, toExchangeFacts(exchange)) === undefined,
  )
  const judge = (deviation: Deviation): ReportedDeviation['state'] => {
    const isDue = (exchange: Exchange) => isCertain(deviation, toExchangeFacts(exchange))
    const shown = exchanges.filter((one) => isDue(one) && isShown(deviation, toExchangeFacts(one)))
    // Another cause can give an answer of the same form, but hardly the same words.
    const isWorded = shown.some((one) => isShown({ ...deviation, frequency: 'sometimes' }, toExchangeFacts(one)))
    if (excusing.has(deviation.id) || isWorded) return 'known'
    const own = checks.filter(({ id }) => deviation.checks.includes(id))
    const isContradicting = (exchange: Exchange) => {
      const judges = own.filter((check) => isJudgedBy(exchange, check))
      return judges.length > 0 && judges.every(({ verdict }) => verdict === 'PASS')
    }
    if (telling.filter(isDue).some(isContradicting)) return 'stale'
    return shown.length > 0 ? 'known' : 'not exercised'
  }
  return new Map(deviations.map((deviation) => [deviation, judge(deviation)]))
}

/** Returns true for an answer that says something about the request. */
const isAnswered = ({ response, failure }: Exchange): boolean =>
  response !== undefined && failure === undefined && !isOverload(response)

/** A check that passes on the exchanges of others lists none of them. */
const isJudgedBy = ({ request }: Exchange, { verdict, exchanges }: Judgement): boolean =>
  exchanges.includes(request.id) || (verdict === 'PASS' && exchanges.length === 0)
