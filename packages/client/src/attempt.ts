import { abortable } from './abortable.ts'
import { readAnswer } from './answer.ts'
import type { Call } from './call.ts'
import { GatewayError, isRefused, NetworkError, reason, RedirectError, TimeoutError } from './errors.ts'
import { bearerToken, type Gateway } from './gateway.ts'
import type { RequestInfo } from './hooks.ts'
import { parts, type Upload } from './multipart.ts'
import type { Transport } from './transport.ts'

/** How one attempt ended. Another may mend an error that `isTransient`, but when it `isSent` the gateway may have done the work. */
export type Outcome =
  | { response: Response; error?: never }
  | { response?: never; error: unknown; isTransient: boolean; isSent: boolean }

/** Sends the request once and reads the answer. Never rejects, and takes no longer than the time-out. */
export async function attempt(transport: Transport, call: Call, gateway: Gateway, count: number): Promise<Outcome> {
  const { options } = transport
  const url = gateway.baseUrl + call.path
  const request = { method: call.method, url, headers: new Headers(call.headers), attempt: count }
  const upload: Upload = {
    onProgress: call.options.onUploadProgress ?? options.onUploadProgress,
    // A body that is not watched on its way counts as sent.
    isSent: !call.isForm,
  }
  const timeoutMs = call.options.timeoutMs ?? options.timeoutMs ?? 300_000
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new TimeoutError(request, timeoutMs)), timeoutMs)
  const onAbort = () => controller.abort(call.signal?.reason)
  call.signal?.addEventListener('abort', onAbort)
  try {
    const work = exchange(transport, call, gateway, request, upload, controller.signal)
    return { response: await abortable(work, controller.signal) }
  } catch (error) {
    const isTransient =
      error instanceof TimeoutError || (error instanceof NetworkError && !(error instanceof RedirectError))
    return { error, isTransient, isSent: upload.isSent && !isRefused(error) }
  } finally {
    clearTimeout(timer)
    call.signal?.removeEventListener('abort', onAbort)
    // An answer may come before the end of the upload, which is then of no use.
    if (!upload.isSent) controller.abort()
  }
}

async function exchange(
  { runtime, options }: Transport,
  call: Call,
  gateway: Gateway,
  request: RequestInfo,
  upload: Upload,
  signal: AbortSignal,
): Promise<Response> {
  const { fetch = globalThis.fetch, onRequest, onResponse, checkSchema = true } = options
  if (call.isForm) call.parts ??= await parts(call.body as object)
  await onRequest?.(request)
  const token = await bearerToken(gateway.token)
  // A copy: hooks never see the token.
  const headers = new Headers(request.headers)
  if (token) headers.set('authorization', `Bearer ${token}`)
  const init = { method: request.method, headers, signal }

  const send = () =>
    call.parts
      ? runtime.send({ url: request.url, init, parts: call.parts, upload, fetch })
      : fetch(request.url, { ...init, body: serialize(call.body), redirect: 'manual' })
  const answer = async () => {
    const answered = await send()
    // A good answer has begun: the work is done.
    if (answered.ok) upload.isSent = true
    return readAnswer(answered, request, call.operation, token, checkSchema)
  }
  const response = await answer().catch((error: unknown) => {
    if (error instanceof GatewayError) throw error
    if (upload.failure) throw upload.failure
    throw /redirect/i.test(reason(error)) ? new RedirectError(request) : new NetworkError(request, error)
  })
  await onResponse?.(response, request)
  return response
}

/** What fetch() takes stays as it is, all else becomes JSON. */
function serialize(body: unknown): BodyInit | null {
  if (body === undefined || body === null) return null
  const isPlain = typeof body !== 'object' || Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype
  return typeof body !== 'string' && isPlain ? JSON.stringify(body) : (body as BodyInit)
}
