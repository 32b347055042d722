import { isObject } from '@livepeer-ai/openapi'
import type { Exchange } from '../../../exchange.ts'
import { toText } from '../../../samples/parameters.ts'
import { findBadStatuses, matchesStatus, parseJson, type Judge, type Statuses } from '../../judgements.ts'
import { shorten } from '../../rejections.ts'
import { parseText } from '../resource/chains.ts'
import { findDifference, itemIn } from '../resource/same-value.ts'

/** Statuses for a request that breaks the description. */
const rejections: Statuses = [400, 413, 414, 415, 422, 431]

/**
 * Passes for the rejection of each request; the messages name what is wrong with it. A server that
 * shows the converted value harms nobody. A login answers 401 to each wrong value.
 */
export const judgeRejected: Judge = (exchanges, { operation }) =>
  exchanges.flatMap((exchange) => {
    const refusals = { [operation.security.length === 0 ? 'note' : 'warn']: [401, 403] }
    return findBadStatuses([exchange], { pass: rejections, ...refusals }).map((finding) => {
      const { words = 'an invalid request' } = exchange.request.plan
      const isHarmless = finding.severity === 'fail' && showsConverted(exchange)
      const message = shorten(`${finding.message}: ${words}${isHarmless ? ', which the server converts' : ''}`)
      return { ...finding, severity: isHarmless ? 'warn' : finding.severity, message }
    })
  })

/** Returns true for a success that shows what was written, with one value in another type. */
function showsConverted(exchange: Exchange): boolean {
  const { request, response } = exchange
  if (!matchesStatus(response?.status, ['2xx']) || request.plan.body === undefined) return false
  const written = parseText(request.body)
  const shown = itemIn(parseJson(exchange), written)
  if (!isObject(written) || !isObject(shown)) return false
  return findDifference(written, shown) !== undefined && findDifference(toTexts(written), toTexts(shown)) === undefined
}

/** Returns a value with each number, truth value and list of one as a text. */
function toTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? toTexts(value[0]) : value.map(toTexts)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toTexts(one)]))
  return value === null ? value : toText(value)
}
