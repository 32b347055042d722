import { holds, type Answer, type Deviation } from '@livepeer-ai/openapi/gateways'
import { headerOf, mediaTypeOf, type Exchange } from './exchange.ts'

/** The deviation that explains why this check found fault with this exchange; undefined when it is news. */
export function findDeviation(
  deviations: readonly Deviation[],
  checkId: string,
  exchange: Exchange | undefined,
): Deviation | undefined {
  return deviations.find(
    (deviation) =>
      deviation.checks.includes(checkId) && exchange && applies(deviation, exchange) && shows(deviation, exchange),
  )
}

/** Whether an exchange is one in which the deviation has to show, whatever the state of the gateway. */
export function isExercisedBy(deviation: Deviation, exchange: Exchange): boolean {
  return deviation.frequency === 'always' && conditions(deviation, exchange, [undefined])
}

/** Whether the deviation can show in an exchange. */
export function applies(deviation: Deviation, exchange: Exchange): boolean {
  const states = deviation.when.flatMap(({ state }) => (state?.enum ?? []) as string[])
  return conditions(deviation, exchange, [undefined, ...states])
}

function conditions({ when }: Deviation, { request, response }: Exchange, states: (string | undefined)[]): boolean {
  const facts = { ...request.facts, ...(response && { status: response.status }) }
  return states.some((state) => when.some((condition) => holds(condition, { ...facts, ...(state && { state }) })))
}

/** Whether the answer is one of those that the deviation describes. */
export function shows({ answers }: Deviation, exchange: Exchange): boolean {
  return answers.some((answer) => isAnswer(answer, exchange))
}

function isAnswer(
  { status, connection, headers = {}, lacks = [], mediaType, body }: Answer,
  exchange: Exchange,
): boolean {
  const { response, failure } = exchange
  if (connection === 'closed') return failure?.code === 'dropped'
  if (!response || failure) return false
  return (
    (status === undefined || response.status === status) &&
    (mediaType === undefined || mediaTypeOf(response) === mediaType) &&
    lacks.every((name) => headerOf(response, name) === undefined) &&
    Object.keys(headers).every((name) => headerOf(response, name.toLowerCase()) !== undefined) &&
    (body === undefined || shape(response.body.toString()) === shape(body))
  )
}

/** What stays of a body when the words that a gateway puts into it are taken out: keys, types and lengths of lists of one. */
function shape(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body) as unknown, (_, value: unknown) => {
      if (typeof value === 'string') return 'string'
      if (typeof value === 'number') return 0
      return Array.isArray(value) ? value.slice(0, 1) : value
    })
  } catch {
    return body.trim() === '' ? '' : 'text'
  }
}
