import type { Answer, RequestFacts as Facts } from '@livepeer-ai/openapi/gateways'
import { headerOf, mediaTypeOf, type Failure, type ReceivedResponse } from '../exchange.ts'

/** As much of an exchange as a deviation is about. */
export interface ExchangeFacts {
  facts: Facts
  response?: ReceivedResponse
  failure?: Failure
}

/** Whether it is this answer, whatever words a gateway puts into it. */
export function matchesAnswer(
  { status, connection, headers = {}, lacks = [], mediaType, body }: Answer,
  exchange: ExchangeFacts,
): boolean {
  const { facts, response, failure } = exchange
  if (connection === 'closed') return failure?.code === 'dropped'
  if (!response || failure) return false
  return (
    (status === undefined || response.status === status) &&
    (mediaType === undefined || mediaTypeOf(response) === mediaType) &&
    lacks.every((name) => headerOf(response, name) === undefined) &&
    Object.keys(headers).every((name) => headerOf(response, name.toLowerCase()) !== undefined) &&
    (body === undefined || facts.method === 'HEAD' || shape(response.body.toString()) === shape(body))
  )
}

/** Whether it is another answer altogether: what is served where it has to be refused says nothing of the rest. */
export function isOtherAnswer({ status = 0, body, connection }: Answer): boolean {
  return connection !== undefined || status >= 400 || (status > 0 && body !== undefined)
}

/** Whether one of the answers says what the response says, whatever stands in the place of `{message}` and its like. */
export function matchesWords(answers: readonly Answer[], { response }: ExchangeFacts): boolean {
  if (!response) return false
  const said = canonical(response.body.toString())
  return answers.some(({ body }) => {
    const words = body === undefined ? [] : canonical(body).split(/\{(?:token|message|seconds|date)\}/)
    return words.length > 0 && new RegExp(`^${words.map(escape).join('.*')}$`, 's').test(said)
  })
}

const escape = (words: string): string => words.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** A body as JSON without spaces, where it is JSON. */
function canonical(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return body.trim()
  }
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
