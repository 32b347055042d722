import { textResponse } from '@livepeer-ai/server'
import { matches, type CallMatcher, type MockCall } from '../calls/call.ts'
import { applyFault, type Fault } from './fault.ts'

/** An answer of the test's own. */
export interface ScriptedResponse {
  status?: number
  headers?: Record<string, string>
  /** Sent as JSON, unless it is a string. */
  body?: unknown
}

/** When a scripted response or fault applies: to calls that match, so many times (once unless given; `Infinity` for always). */
export interface When {
  match?: CallMatcher
  times?: number
}

interface Rule extends When {
  times: number
  response?: ScriptedResponse
  fault?: Fault
}

/** What a test has asked the mock to do instead of answering as documented. */
export interface Script {
  respond: (response: ScriptedResponse, when?: When) => void
  fault: (fault: Fault, when?: When) => void
  reset: () => void
  /** The answer to a call: scripted or `documented`, with the faults that apply to it. */
  play: (call: Omit<MockCall, 'status'>, documented: () => Promise<Response>) => Promise<Response>
}

export function createScript(): Script {
  let rules: Rule[] = []

  /** The first rule of a kind that applies; a response and each type of fault are taken one at a time. */
  function take(call: Omit<MockCall, 'status'>, isWanted: (rule: Rule) => boolean): Rule | undefined {
    const rule = rules.find((candidate) => isWanted(candidate) && matches(call, candidate.match))
    if (rule && --rule.times <= 0) rules = rules.filter((candidate) => candidate !== rule)
    return rule
  }

  return {
    respond: (response, { times = 1, ...when } = {}) => void rules.push({ response, times, ...when }),
    fault: (fault, { times = 1, ...when } = {}) => void rules.push({ fault, times, ...when }),
    reset: () => void (rules = []),
    async play(call, documented) {
      if (!rules.length) return documented()
      const scripted = take(call, ({ response }) => response !== undefined)?.response
      const response = scripted ? toResponse(scripted) : await documented()
      const fault = take(call, (rule) => rule.fault !== undefined)?.fault
      return fault ? applyFault(response, fault) : response
    },
  }
}

function toResponse({ status = 200, headers = {}, body }: ScriptedResponse): Response {
  const isText = typeof body === 'string'
  const content = body === undefined ? null : isText ? body : JSON.stringify(body)
  return textResponse(content, {
    status,
    headers: { 'content-type': isText ? 'text/plain' : 'application/json', ...headers },
  })
}
