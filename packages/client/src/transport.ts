import { sleep } from './abortable.ts'
import { attempt, type Outcome } from './attempt.ts'
import type { Call } from './call.ts'
import type { ClientOptions } from './client.ts'
import type { Gateway } from './gateway.ts'
import { backOffMs, longestPauseMs, pauseMs } from './retry.ts'
import type { Runtime } from './runtime/runtime.ts'

export interface Transport {
  runtime: Runtime
  gateways: readonly Gateway[]
  options: ClientOptions
}

/**
 * Carries out one call: attempt by attempt, gateway by gateway in the order given, and round again, until an answer
 * comes that no further attempt would mend. Resolves to the last answer, or throws what the last attempt failed with.
 */
export async function send(transport: Transport, call: Call): Promise<Response> {
  call.signal?.throwIfAborted()
  const rounds = 1 + (call.options.retries ?? transport.options.retries ?? 2)
  const readyAt = new Map<Gateway, number>()
  let outcome: Outcome | undefined
  let count = 0
  for (let round = 1; round <= rounds; round++) {
    for (const gateway of transport.gateways) {
      const wait = (readyAt.get(gateway) ?? 0) - Date.now()
      if (wait > longestPauseMs) continue
      if (wait > 0) await sleep(wait, call.signal)
      outcome = await attempt(transport, call, gateway, ++count)
      const pause = pauseAfter(outcome, call, transport.options, round)
      if (pause === undefined || !canRepeat(call)) return settle(outcome)
      readyAt.set(gateway, Date.now() + pause)
    }
  }
  return settle(outcome)
}

/** How long to leave the gateway alone before it is asked again; undefined when the call ends with this outcome. */
function pauseAfter(outcome: Outcome, call: Call, options: ClientOptions, failures: number): number | undefined {
  if (outcome.response) return pauseMs(outcome.response, failures)
  const mayBeBilled = outcome.isSent && /^(POST|PATCH)$/.test(call.method)
  const isWorthIt = outcome.isTransient && (!mayBeBilled || (call.options.retryBilled ?? options.retryBilled))
  return isWorthIt ? backOffMs(failures) : undefined
}

/** Files and bytes can be sent again, a stream that has been read cannot. */
function canRepeat({ isForm, parts }: Call): boolean {
  return !isForm || (parts?.every(([, value]) => typeof value === 'string' || value.canRead()) ?? false)
}

function settle(outcome: Outcome | undefined): Response {
  if (outcome?.response) return outcome.response
  throw outcome?.error
}
