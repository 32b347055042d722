import type { Finding } from '../check.ts'
import { headerOf, type Exchange } from '../exchange.ts'

/** Which statuses pass, which pass with a remark and which are worth a warning; any other fails. A class is written `4xx`. */
export interface Accepted {
  pass: readonly (number | string)[]
  note?: readonly (number | string)[]
  warn?: readonly (number | string)[]
}

/** Judges each exchange by its status alone. No answer fails. */
export function byStatus(exchanges: readonly Exchange[], { pass, note = [], warn = [] }: Accepted): Finding[] {
  return exchanges.flatMap((exchange): Finding[] => {
    const { response, failure } = exchange
    if (!response) return [unanswered(exchange)]
    if (failure) return [{ severity: 'fail', message: `the answer is incomplete: ${failure.message}`, exchange }]
    const { status } = response
    if (matches(status, pass)) return []
    if (isOverload(exchange)) return [overload(exchange)]
    const message = `${status}, where ${[...pass].join(', ')} is owed`
    if (matches(status, note)) return [{ severity: 'info', message, exchange }]
    return [{ severity: matches(status, warn) ? 'warn' : 'fail', message, exchange }]
  })
}

/** Whether a status is among statuses and classes such as `4xx`. */
export const matches = (status: number, accepted: readonly (number | string)[]): boolean =>
  accepted.some((one) => one === status || one === `${Math.floor(status / 100)}xx`)

/** A gateway that says it is too busy has not shown what it does with the request. */
const isOverload = ({ response }: Exchange): boolean => response?.status === 429 || response?.status === 503

function overload(exchange: Exchange): Finding {
  const seconds = headerOf(exchange.response, 'retry-after')
  return {
    severity: 'inconclusive',
    message: `${exchange.response!.status}${seconds ? ' with Retry-After' : ''}: too busy to show what it does with this`,
    exchange,
  }
}

/** No answer at all. */
export function unanswered(exchange: Exchange): Finding {
  const { failure } = exchange
  return { severity: 'fail', message: `no answer: ${failure?.message ?? 'the connection ended'}`, exchange }
}

/** The JSON of an answer; undefined for a body that is none. */
export function jsonOf({ response }: Exchange): unknown {
  try {
    return response && JSON.parse(response.body.toString())
  } catch {
    return undefined
  }
}
