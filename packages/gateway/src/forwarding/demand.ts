import { isObject } from '@livepeer-ai/openapi'
import { parseJson } from './parse-json.ts'

/** The form of an answer that a server is asked for, from the one with the most to the least. */
export type Demand = 'granularities' | 'segments' | 'text'

/** Returns the text fields of a request by their names. */
export function listFields(model: string, words: boolean, demand: Demand): [name: string, value: string][] {
  const granularities = demand === 'granularities' ? ['segment', ...(words ? ['word'] : [])] : []
  return [
    ['model', model],
    ['response_format', demand === 'text' ? 'json' : 'verbose_json'],
    ...granularities.map((value): [string, string] => ['timestamp_granularities[]', value]),
  ]
}

/** Statuses of servers that do not take a field. */
const refusals = new Set([400, 422, 501])
/** Names of what a server does not take, in its error message. */
const format = /response_?format|verbose_json/i
const granularity = /granularit|timestamps|["'`]word["'`]/i

/** Returns the next smaller demand if a server refused this one. Otherwise, returns undefined. */
export function lowerDemand(demand: Demand, status: number, body: string): Demand | undefined {
  if (!refusals.has(status) || demand === 'text') return undefined
  if (format.test(body)) return 'text'
  if (granularity.test(body)) return demand === 'granularities' ? 'segments' : 'text'
  return undefined
}

/** Returns true if an error is about a field that the gateway chose, not about the file. */
export function isAboutFields(body: string): boolean {
  const parsed = parseJson(body)
  const error = isObject(parsed) && isObject(parsed['error']) ? parsed['error'] : {}
  const { param } = error
  return typeof param === 'string' ? param !== 'file' : format.test(body)
}
