import { adapt } from '../upload/fit-to-gateway.ts'
import type { Call } from './call.ts'
import { networkError, TimeoutError } from '../errors.ts'
import type { ToForm, Upload } from '../upload/form.ts'
import { bearerToken, type Gateway } from '../gateway.ts'
import type { RequestInfo } from './hooks.ts'
import { readAnswer, type Answer } from './read-answer.ts'

/** How one attempt ended: with an answer or an error. */
export interface Outcome {
  upload: Upload
  answer?: Answer
  error?: unknown
}

/** Waits, sends the request once and reads the answer. Never rejects, and takes no longer than the pause and the time-out. */
export async function attempt(
  toForm: ToForm,
  gateway: Gateway,
  call: Call,
  count: number,
  pauseMs: number,
): Promise<Outcome> {
  const { method, headers, signal, timeoutMs = 300_000 } = call
  const request = { method, url: gateway.baseUrl + call.path, headers: new Headers(headers), attempt: count }
  // Only a form is watched on its way.
  const upload = { onProgress: call.onUploadProgress, isSent: !call.fields }
  const controller = new AbortController()
  const onAbort = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  // What never ends, such as a token that never comes, cannot keep anybody waiting.
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error))
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const pause = pauseMs > 0 && new Promise((resolve) => (timer = setTimeout(resolve, pauseMs)))
    await Promise.race([pause, aborted])
    timer = setTimeout(() => controller.abort(new TimeoutError(request, timeoutMs)), timeoutMs)
    const work = exchange(toForm, gateway, call, request, upload, controller.signal)
    return { upload, answer: await Promise.race([work, aborted]) }
  } catch (error) {
    return { upload, error }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    // An answer may come before the end of the upload, which is then of no use.
    if (!upload.isSent) controller.abort()
  }
}

async function exchange(
  toForm: ToForm,
  { token, known }: Gateway,
  call: Call,
  request: RequestInfo,
  upload: Upload,
  signal: AbortSignal,
): Promise<Answer> {
  const { method, facts, fields, body = null, checkFile, checkSchema, fetch = globalThis.fetch } = call
  if (fields) call.form ??= await toForm(fields)
  await call.onRequest?.(request)
  const secret = await bearerToken(token)
  // A copy: hooks never see the token.
  const headers = new Headers(request.headers)
  if (secret) headers.set('authorization', `Bearer ${secret}`)
  const init = { method, headers, signal }
  const response = await (call.form
    ? call.form.send({
        request,
        init,
        upload,
        fetch,
        adapt: (parts) => (known && facts ? adapt(parts, known, facts.operationId, checkFile) : parts),
      })
    : fetch(request.url, { ...init, body, redirect: 'manual' }).catch(networkError(request)))
  // A good answer has begun: the work is done.
  if (response.ok) upload.isSent = true
  const answer = await readAnswer(response, request, facts, secret, checkSchema)
  await call.onResponse?.(answer.response, request)
  return answer
}
