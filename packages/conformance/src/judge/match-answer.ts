import { escapeRegExp } from '@livepeer-ai/openapi'
import { meetsAny, type Answer, type Condition, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import { headerOf, mediaTypeOf, type Failure, type ReceivedResponse } from '../exchange.ts'

/** The part of an exchange that deviations are about. */
export interface ExchangeFacts {
  facts: RequestFacts
  response?: ReceivedResponse | undefined
  failure?: Failure | undefined
}

/** Returns true if an exchange has this answer, regardless of variable words in the body. */
export function matchesAnswer(
  { when, status, connection, headers = {}, lacks = [], mediaType, body }: Answer,
  exchange: ExchangeFacts,
): boolean {
  const { facts, response, failure } = exchange
  if (when && !meetsInSomeState(when, facts)) return false
  if (connection === 'closed') return failure?.code === 'dropped'
  if (!response || failure) return false
  return (
    (status === undefined || response.status === status) &&
    (mediaType === undefined || mediaTypeOf(response) === mediaType) &&
    lacks.every((name) => headerOf(response, name) === undefined) &&
    Object.keys(headers).every((name) => headerOf(response, name.toLowerCase()) !== undefined) &&
    (body === undefined ||
      body === '{description}' ||
      facts.method === 'HEAD' ||
      shapeOf(response.body.toString()) === shapeOf(body.replaceAll(size, '0')))
  )
}

/** Returns true if facts meet one of these conditions, in some state of the gateway. */
function meetsInSomeState(when: readonly Condition[], facts: RequestFacts): boolean {
  const states = when.flatMap(({ state }) => (state?.enum ?? []) as string[])
  return meetsAny(when, facts, [undefined, ...states])
}

/** Returns true if a response has the words of an answer, with any text for its placeholders. */
export function matchesWords(answers: readonly Answer[], { response }: ExchangeFacts): boolean {
  if (!response) return false
  const text = normalizeJson(response.body.toString())
  return answers.some(({ body }) => {
    const words = body === undefined ? [] : normalizeJson(body).split(variable)
    return words.length > 0 && new RegExp(`^${words.map(escapeRegExp).join('.*')}$`, 's').test(text)
  })
}

/** A variable of an answer that stands for a number. */
const size = /"\{[\w.]+\.bytes\}"/g

const variable = /"\{[\w.]+\.bytes\}"|\{[\w.]+\}/

/** Removes the spaces of a JSON body. */
function normalizeJson(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return body.trim()
  }
}

/** Reduces a body to its keys, types and the first item of each list. */
function shapeOf(body: string): string {
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
