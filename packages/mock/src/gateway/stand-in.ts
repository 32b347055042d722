import type { NotedForm } from '../calls/noted-form.ts'

interface StandInOptions {
  /** The form; `'unreadable'` for a malformed one, undefined for any other body. */
  form: NotedForm | 'unreadable' | undefined
  /** Replaces the `Authorization` header. */
  authorization: string | undefined
  /** The `Prefer` header to add to a form. */
  prefer: string | undefined
}

/** Returns a request for the mock with one byte in place of each recording. */
export function createStandIn(request: Request, { form, authorization, prefer }: StandInOptions): Request {
  const { method, url, signal } = request
  const headers = new Headers(request.headers)
  if (authorization) headers.set('authorization', authorization)
  if (form === undefined) {
    const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body: request.body, duplex: 'half' }
    return new Request(url, init)
  }
  headers.delete('content-length')
  if (form === 'unreadable') return new Request(url, { method, headers, signal, body: 'unreadable' })
  headers.delete('content-type')
  const body = new FormData()
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value)
  if (prefer) headers.set('prefer', prefer)
  for (const { name, size, mediaType } of form.files)
    body.append(name, new File(size ? ['x'] : [], 'x', { type: mediaType }))
  return new Request(url, { method, headers, signal, body })
}
