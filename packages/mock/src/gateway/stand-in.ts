import { urlOf } from '@livepeer-ai/server'
import type { NotedForm } from '../calls/noted-form.ts'

interface StandInOptions {
  body: Uint8Array | undefined
  /** The form; undefined for a malformed one and for any other body. */
  form: NotedForm | undefined
  /** The facts that the gateway accepts although the contract does not. */
  accepted: ReadonlySet<string>
  /** The path of the operation, if the gateway accepts another one for it. */
  path: string | undefined
  /** Replaces the `Authorization` header. */
  authorization: string | undefined
  /** The `Prefer` header to add to a form. */
  prefer: string | undefined
}

/**
 * Returns a request that the mock answers in place of the original: with one byte for each
 * recording, and without everything that the gateway ignores.
 */
export function createStandIn(request: Request, options: StandInOptions): Request {
  const { body, form, accepted, path, authorization, prefer } = options
  const { signal } = request
  const method = ['TRACE', 'CONNECT'].includes(request.method) ? 'DELETE' : request.method
  const url = urlOf(request)
  if (accepted.has('path') && path !== undefined) url.pathname = path
  const headers = new Headers(request.headers)
  // Real gateways send JSON to everybody, and ignore a coding of the body.
  headers.delete('accept')
  headers.delete('content-encoding')
  headers.delete('content-length')
  if (authorization) headers.set('authorization', authorization)
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal })
  if (!form) return new Request(url, { method, headers, signal, body: body ? new Uint8Array(body) : null })
  headers.delete('content-type')
  if (prefer) headers.set('prefer', prefer)
  const sent = new FormData()
  for (const [name, value] of Object.entries(form.fields)) if (!accepted.has(`fields.${name}`)) sent.append(name, value)
  for (const { name, size, mediaType } of form.files)
    sent.append(name, new File(size ? ['x'] : [], 'x', { type: mediaType }))
  return new Request(url, { method, headers, signal, body: sent })
}
