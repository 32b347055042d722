import { textResponse } from '@livepeer-ai/server'
import { matchesCall, type CallMatcher, type PendingCall } from '../calls/call.ts'
import { applyFault, checkFault, type Fault } from './fault.ts'

/** A response that a test sets. */
export interface ScriptedResponse {
  status?: number
  headers?: Record<string, string>
  /** Sent as JSON, unless it is a string. */
  body?: unknown
}

/** The calls that a scripted response or fault applies to. */
export interface When {
  /** Default: all calls. */
  match?: CallMatcher | undefined
  /** Number of calls; default: 1. `Infinity`: always. */
  times?: number | undefined
}

interface Rule extends When {
  times: number
  response?: () => Response
  fault?: Fault
}

/** The responses and faults that a test has set. */
export interface Script {
  /** Throws a TypeError for a response or a fault that cannot be sent, and so does `fault`. */
  respond: (response: ScriptedResponse, when?: When) => void
  fault: (fault: Fault, when?: When) => void
  reset: () => void
  /** Returns the response to a call, scripted or `documented`, with the fault that applies. */
  play: (call: PendingCall, documented: () => Promise<Response>) => Promise<Response>
}

export function createScript(): Script {
  let rules: Rule[] = []

  /** Uses up the first rule of a kind that matches a call. */
  function take(call: PendingCall, isWanted: (rule: Rule) => boolean): Rule | undefined {
    const rule = rules.find((candidate) => isWanted(candidate) && matchesCall(call, candidate.match))
    if (rule && --rule.times <= 0) rules = rules.filter((candidate) => candidate !== rule)
    return rule
  }

  return {
    respond(scripted, { times = 1, ...when } = {}) {
      const response = prepareResponse(scripted)
      rules.push({ response, times, ...when })
    },
    fault(fault, { times = 1, ...when } = {}) {
      checkFault(fault)
      rules.push({ fault, times, ...when })
    },
    reset: () => void (rules = []),
    async play(call, documented) {
      if (!rules.length) return documented()
      const scripted = take(call, ({ response }) => response !== undefined)?.response
      const response = scripted ? scripted() : await documented()
      const fault = take(call, (rule) => rule.fault !== undefined)?.fault
      return fault ? applyFault(response, fault) : response
    },
  }
}

/** Headers that follow from the body and the connection. */
const framing = /^(content-length|transfer-encoding|connection|keep-alive|upgrade|trailer|te)$/i

/**
 * Returns a function that creates the response.
 * Throws a TypeError for a response that cannot be sent.
 */
function prepareResponse({ status = 200, headers = {}, body }: ScriptedResponse): () => Response {
  const isText = typeof body === 'string'
  const content = body === undefined ? null : isText ? body : JSON.stringify(body)
  const all = { 'content-type': isText ? 'text/plain' : 'application/json', ...headers }
  const wrong = Object.keys(headers).find((name) => framing.test(name))
  if (wrong !== undefined) throw new TypeError(`The header '${wrong}' follows from the body`)
  const prepare = () => textResponse(content, { status, headers: all })
  prepare()
  return prepare
}
