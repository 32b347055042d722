import {
  failuresBefore,
  FileError,
  findReason,
  GatewayError,
  InvalidResponseError,
  NetworkError,
  redirected,
  TimeoutError,
} from '../errors.ts'
import type { ResolvedGateway } from '../gateway.ts'
import type { Runtime } from '../upload/form.ts'
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
  runtime: Runtime,
  gateways: readonly ResolvedGateway[],
  call: OperationCall,
): Promise<ParsedResponse> {
  // React Native has no such method.
  call.signal?.throwIfAborted?.()
  const failed = new Map<ResolvedGateway, string>()
  const { answer, error } = await lastOutcome(runtime, gateways, call, failed)
  call.form?.close()
  // The last failure is the one that the call ends with.
  const before = Array.from(failed.values())
    .slice(0, -1)
    .map((words) => `; before that, ${words}`)
  if (answer) failuresBefore.set(answer.response, before.join(''))
  else if (error instanceof GatewayError) error.message += before.join('')
  if (answer) return answer
  throw error
}

/** Notes in `failed` the last failure of each gateway, the latest last. */
async function lastOutcome(
  runtime: Runtime,
  gateways: readonly ResolvedGateway[],
  call: OperationCall,
  failed: Map<ResolvedGateway, string>,
): Promise<Partial<AttemptOutcome>> {
  const readyAt = new Map<ResolvedGateway, number>()
  let outcome: AttemptOutcome | undefined
  let count = 0
  for (let failures = 0; failures <= (call.retries ?? 2); failures++) {
    for (const gateway of gateways) {
      const wait = (readyAt.get(gateway) ?? 0) - Date.now()
      if (wait > longestPauseMs) continue
      outcome = await attempt(runtime, gateway, call, ++count, wait)
      const { answer, error } = outcome
      failed.delete(gateway)
      failed.set(gateway, answer ? `${gateway.baseUrl} answered ${answer.response.status}` : findReason(error))
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
  const mayBeBilled = upload.mayBeBilled(call.method) && !call.retryBilled
  if (answer)
    return mayBeBilled && proxied.test(String(answer.response.status)) ? undefined : pauseMs(answer.response, failures)
  // Another gateway may accept a file that this one rejects.
  if (error instanceof FileError) return Infinity
  // Another gateway may do better than one that answers without a transcript.
  if (error instanceof InvalidResponseError) return mayBeBilled ? Infinity : backOffMs(failures)
  const isTransient = error instanceof TimeoutError || (error instanceof NetworkError && error.cause !== redirected)
  return isTransient && !mayBeBilled ? backOffMs(failures) : undefined
}

/** Statuses of a proxy that got no answer: the gateway behind it may have done the work. */
const proxied = /^50[24]$/
