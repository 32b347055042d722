import { FileError, NetworkError, redirected, TimeoutError } from '../errors.ts'
import type { ResolvedGateway } from '../gateway.ts'
import type { ToForm } from '../upload/form.ts'
import { attempt, type AttemptOutcome } from './attempt.ts'
import type { OperationCall } from './call.ts'
import type { ParsedResponse } from './read-answer.ts'
import { backOffMs, longestPauseMs, pauseMs } from './retry.ts'

/**
 * Carries out one call: tries the gateways in order, and again from the first, until a response
 * arrives that a further attempt cannot improve. Resolves to the last response, or throws the last
 * error.
 */
export async function send(
  toForm: ToForm,
  gateways: readonly ResolvedGateway[],
  call: OperationCall,
): Promise<ParsedResponse> {
  call.signal?.throwIfAborted()
  const { answer, error } = await lastOutcome(toForm, gateways, call)
  call.form?.close()
  if (answer) return answer
  throw error
}

async function lastOutcome(
  toForm: ToForm,
  gateways: readonly ResolvedGateway[],
  call: OperationCall,
): Promise<Partial<AttemptOutcome>> {
  const readyAt = new Map<ResolvedGateway, number>()
  let outcome: AttemptOutcome | undefined
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

/**
 * Returns the pause before the next attempt at this gateway, or undefined if the call ends here.
 */
function pauseAfter(
  { answer, error, upload }: AttemptOutcome,
  call: OperationCall,
  failures: number,
): number | undefined {
  // A consumed stream cannot be sent again.
  if (call.fields && !call.form?.canSend()) return undefined
  if (answer) return pauseMs(answer.response, failures)
  // Another gateway may accept a file that this one rejects.
  if (error instanceof FileError) return Infinity
  const isTransient = error instanceof TimeoutError || (error instanceof NetworkError && error.cause !== redirected)
  return isTransient && (call.retryBilled || !upload.mayBeBilled(call.method)) ? backOffMs(failures) : undefined
}
