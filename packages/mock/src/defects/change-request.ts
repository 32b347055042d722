import type { ChangeServer, Site } from './defect.ts'
import { parseUpload, writeUpload, type Part, type Upload } from './upload.ts'

/** Changes requests before the server sees them. */
export function changeRequest(change: (request: Request, site: Site) => Request | Promise<Request>): ChangeServer {
  return (site) => async (request, next) => next(uncopied.has(request.method) ? request : await change(request, site))
}

/**
 * Changes the parts of forms. A form without an end stays as it is, and so does a form for which
 * `change` returns undefined.
 */
export function changeParts(change: (upload: Upload, site: Site) => Part[] | undefined): ChangeServer {
  return changeRequest((request, site) => {
    const contentType = request.headers.get('content-type') ?? ''
    if (!request.body || !contentType.startsWith('multipart/')) return request
    return changeBody(request, (body) => {
      const upload = parseUpload(contentType, body)
      const parts = upload.epilogue === undefined ? undefined : change(upload, site)
      return parts ? writeUpload({ ...upload, parts }) : body
    })
  })
}

/** Changes a field of forms. If `change` returns undefined, the field is removed. */
export function changeField(name: string, change: (value: string) => string | undefined): ChangeServer {
  return changeParts(({ parts }) =>
    parts.flatMap((part) => {
      if (part.name !== name) return [part]
      const value = change(part.content.toString())
      return value === undefined ? [] : [{ ...part, content: Buffer.from(value) }]
    }),
  )
}

/** Changes the `Authorization` header. If `change` returns undefined, it stays as it is. */
export function changeCredentials(
  change: (authorization: string, request: Request, site: Site) => string | undefined,
): ChangeServer {
  return changeRequest((request, site) => {
    const authorization = change(request.headers.get('authorization') ?? '', request, site)
    return authorization === undefined ? request : replace(request, { headers: { authorization } })
  })
}

/** Returns a request with another body, which is read and changed on demand. */
function changeBody(request: Request, change: (body: Buffer) => Uint8Array): Request {
  const { body: source } = request
  if (!source) return request
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const read: Uint8Array[] = []
        for await (const bytes of source as AsyncIterable<Uint8Array>) read.push(bytes)
        const changed = change(Buffer.concat(read))
        if (changed.length) controller.enqueue(changed)
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return replace(request, { body })
}

interface Replacements {
  url?: string
  method?: string
  /** Headers by name; undefined removes a header. */
  headers?: Record<string, string | undefined>
  body?: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null
}

/** Methods that the constructor of Request refuses. */
const uncopied = new Set(['TRACE', 'TRACK', 'CONNECT'])

/** Returns a copy of a request with some of its parts replaced. A TRACE stays as it is. */
export function replace(request: Request, replacements: Replacements): Request {
  const { url = request.url, method = request.method, headers = {}, body = request.body } = replacements
  if (uncopied.has(method)) return request
  const changed = new Headers(request.headers)
  for (const [name, value] of Object.entries(headers))
    if (value === undefined) changed.delete(name)
    else changed.set(name, value)
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers: changed,
    signal: request.signal,
    body,
    duplex: 'half',
  }
  return new Request(url, init)
}

/** Returns a stream that passes each chunk to `look` when it is read. */
export function observe(
  source: ReadableStream<Uint8Array>,
  look: (chunk: Uint8Array) => void,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) return controller.close()
        look(value)
        controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
}
