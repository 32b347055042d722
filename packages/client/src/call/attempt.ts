import { throwNetworkError, TimeoutError } from '../errors.ts'
import { bearerToken, type ResolvedGateway } from '../gateway.ts'
import { fitToGateway } from '../upload/fit-to-gateway.ts'
import type { Runtime } from '../upload/form.ts'
import { Upload } from '../upload/upload.ts'
import type { OperationCall } from './call.ts'
import type { RequestInfo } from './hooks.ts'
import { readAnswer, type ParsedResponse } from './read-answer.ts'

/** The outcome of one attempt: a response or an error. */
export interface AttemptOutcome {
  upload: Upload
  answer?: ParsedResponse
  error?: unknown
}

/**
 * Waits, sends the request once and reads the response. Never rejects. Takes at most the pause and
 * the timeout.
 */
export async function attempt(
  runtime: Runtime,
  gateway: ResolvedGateway,
  call: OperationCall,
  count: number,
  pauseMs: number,
): Promise<AttemptOutcome> {
  const { method, headers, signal, timeoutMs = 300_000 } = call
  const request = { method, url: gateway.baseUrl + call.path, headers: new Headers(headers), attempt: count }
  // Only a form reports its upload.
  const upload = new Upload(call.onUploadProgress, !call.fields)
  const controller = new AbortController()
  let abort: (reason: unknown) => void
  // Ends the attempt even if a token or a file never arrives. Signals of React Native have no
  // reason, so it is passed by itself.
  const aborted = new Promise<never>((_, reject) => {
    abort = (reason) => {
      reject(reason)
      controller.abort(reason)
    }
  })
  const onAbort = () => abort(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const pause = pauseMs > 0 && new Promise((resolve) => (timer = setTimeout(resolve, pauseMs)))
    await Promise.race([pause, aborted])
    timer = setTimeout(() => abort(new TimeoutError(request, timeoutMs)), timeoutMs)
    const work = exchange(runtime, gateway, call, request, upload, controller.signal)
    return { upload, answer: await Promise.race([work, aborted]) }
  } catch (error) {
    return { upload, error }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    // A response may arrive before the end of the upload; the rest of the upload is useless then.
    if (!upload.isComplete) controller.abort()
  }
}

async function exchange(
  runtime: Runtime,
  { token, profile }: ResolvedGateway,
  call: OperationCall,
  request: RequestInfo,
  upload: Upload,
  signal: AbortSignal,
): Promise<ParsedResponse> {
  const { method, facts, fields, body = null, checkFile, fetch = globalThis.fetch } = call
  if (fields) call.form ??= await runtime.toForm(fields, facts?.files ?? [])
  await call.onRequest?.(request)
  const secret = await bearerToken(token)
  // Hooks never see the token, so it is added to a copy.
  const headers = new Headers(request.headers)
  if (secret) headers.set('authorization', `Bearer ${secret}`)
  const init = { method, headers, signal }
  const response = await (call.form
    ? call.form.send({
        request,
        init,
        upload,
        fetch,
        adapt: (parts) => (profile && facts ? fitToGateway(parts, profile, facts.operationId, checkFile) : parts),
      })
    : fetch(request.url, { ...init, body, redirect: 'manual' }).catch(throwNetworkError(request)))
  // The start of a 2xx response means that the work is done.
  if (response.ok) upload.isComplete = true
  const answer = await readAnswer(response, request, secret, call, runtime)
  await call.onResponse?.(answer.response, request)
  return answer
}
