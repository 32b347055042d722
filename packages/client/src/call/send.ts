import { attempt, type Outcome } from './attempt.ts'
import type { Call } from './call.ts'
import { FileError, NetworkError, redirected, TimeoutError } from '../errors.ts'
import type { ToForm } from '../upload/form.ts'
import type { Gateway } from '../gateway.ts'
import type { Answer } from './read-answer.ts'
import { backOffMs, longestPauseMs, pauseMs } from './retry.ts'

/**
 * Carries out one call: attempt by attempt, gateway by gateway in the order given, and round again, until an answer
 * comes that no further attempt would mend. Resolves to the last answer, or throws what the last attempt failed with.
 */
export async function send(toForm: ToForm, gateways: readonly Gateway[], call: Call): Promise<Answer> {
  call.signal?.throwIfAborted()
  const { answer, error } = await lastOutcome(toForm, gateways, call)
  call.form?.close()
  if (answer) return answer
  throw error
}

async function lastOutcome(toForm: ToForm, gateways: readonly Gateway[], call: Call): Promise<Partial<Outcome>> {
  const readyAt = new Map<Gateway, number>()
  let outcome: Outcome | undefined
  let count = 0
  for (let failures = 0; failures <= (call.retries ?? 2); failures++) {
    for (const gateway of gateways) {
      const wait = (readyAt.get(gateway) ?? 0) - Date.now()
      if (wait > longestPauseMs) continue
      outcome = await attempt(toForm, gateway, call, ++count, wait)
      const pause = pauseAfter(outcome, call, failures)
      if (pause === undefined) return outcome
      readyAt.set(gateway, Date.now() + pause)
    }
  }
  return outcome ?? {}
}

/** How long to leave the gateway alone before it is asked again; undefined when the call ends with this outcome. */
function pauseAfter({ answer, error, upload }: Outcome, call: Call, failures: number): number | undefined {
  // A stream that has been read cannot be sent again.
  if (call.fields && !call.form?.canSend()) return undefined
  if (answer) return pauseMs(answer.response, failures)
  // Another gateway may take what this one is known to refuse.
  if (error instanceof FileError) return Infinity
  const isTransient = error instanceof TimeoutError || (error instanceof NetworkError && error.cause !== redirected)
  const mayBeBilled = upload.isSent && /^(POST|PATCH)$/.test(call.method)
  return isTransient && (call.retryBilled || !mayBeBilled) ? backOffMs(failures) : undefined
}
