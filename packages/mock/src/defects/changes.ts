import type { Around, Defect, Site } from './defect.ts'
import { parseUpload, writeUpload, type Part, type Upload } from './upload.ts'

/** An answer on its way out, and what it answers. */
export interface Seen {
  request: Request
  response: Response
  /** What was read of the body. */
  upload: Upload
  site: Site
}

type How = Required<Defect>['around']
type Applies = (seen: Seen) => boolean
type Change = (seen: Seen) => Response | Promise<Response>

/** Changes the answers that `applies` is true for; the body is read only as far as the server reads it. */
export function after(applies: Applies, change: Change): How {
  return (site) => async (request, next) => {
    const read: Uint8Array[] = []
    const contentType = request.headers.get('content-type')
    const recorded = request.body
      ? replace(request, { body: observe(request.body, (bytes) => read.push(bytes)) })
      : request
    const response = await next(recorded)
    if (response.type === 'error') return response
    let upload: Upload | undefined
    const seen: Seen = {
      request: recorded,
      response,
      site,
      get upload() {
        return (upload ??= parseUpload(contentType, Buffer.concat(read)))
      },
    }
    if (!applies(seen)) return response
    const changed = await change(seen)
    return changed === response ? response : keepIncidentals(response, changed)
  }
}

/** What the server says with every answer, whatever it is, is no part of a defect in one. */
function keepIncidentals({ headers: said }: Response, changed: Response): Response {
  if (changed.type === 'error') return changed
  for (const [name, value] of said)
    if (/^(x-request-id|access-control-allow-origin|access-control-expose-headers|vary)$/.test(name))
      changed.headers.set(name, value)
  return changed
}

/** Changes the request on its way in. */
export function before(change: (request: Request, site: Site) => Request | Promise<Request>): How {
  return (site) => async (request, next) => next(await change(request, site))
}

/** Changes the parts of a form on their way in; undefined leaves the form as it is. */
export function parts(change: (upload: Upload, site: Site) => Part[] | undefined): How {
  return before((request, site) => {
    const contentType = request.headers.get('content-type') ?? ''
    if (!request.body || !contentType.startsWith('multipart/')) return request
    return rewriteBody(request, (body) => {
      const upload = parseUpload(contentType, body)
      const changed = change(upload, site)
      return changed ? writeUpload({ ...upload, parts: changed }) : body
    })
  })
}

/** The value of a form's field on its way in: another one, or undefined to leave it out. */
export function fieldValue(name: string, change: (value: string) => string | undefined): How {
  return parts(({ parts: all }) =>
    all.flatMap((part) => {
      if (part.name !== name) return [part]
      const value = change(part.content.toString())
      return value === undefined ? [] : [{ ...part, content: Buffer.from(value) }]
    }),
  )
}

/** The request with another body, which is made when it is asked for. */
function rewriteBody(request: Request, change: (body: Buffer) => Uint8Array): Request {
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

export function replace(
  request: Request,
  changes: {
    url?: string
    method?: string
    headers?: Record<string, string | undefined>
    body?: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null
  },
): Request {
  const { url = request.url, method = request.method, headers: more = {}, body = request.body } = changes
  const changed = new Headers(request.headers)
  for (const [name, value] of Object.entries(more))
    if (value === undefined) changed.delete(name)
    else changed.set(name, value)
  return new Request(url, {
    method,
    headers: changed,
    signal: request.signal,
    ...(body !== null && { body, duplex: 'half' as const }),
  })
}

/** Shows the server another Authorization header; undefined leaves it as it is. */
export function credentials(change: (authorization: string, request: Request, site: Site) => string | undefined): How {
  return before((request, site) => {
    const authorization = change(request.headers.get('authorization') ?? '', request, site)
    return authorization === undefined ? request : replace(request, { headers: { authorization } })
  })
}

/** Refuses a form that the server would have looked into, with a status in the shape of the contract. */
export function refuse(applies: (upload: Upload, seen: Seen) => boolean, code: number, message = 'Refused.'): How {
  return after(
    (seen) => isRead(seen) && applies(seen.upload, seen),
    () => refusal(code, message),
  )
}

/** Answers a form that the server would have looked into with an empty transcript. */
export function accept(applies: (upload: Upload, seen: Seen) => boolean): How {
  return after(
    (seen) => isRead(seen) && applies(seen.upload, seen),
    () => emptyTranscript(),
  )
}

/** A POST whose credentials were good. */
function isRead({ request, response }: Seen): boolean {
  return request.method === 'POST' && ![401, 404, 406].includes(response.status)
}

/** Changes the headers of the answers that `applies` is true for; undefined removes one. */
export function headers(
  applies: Applies,
  changes: Record<string, string | undefined> | ((seen: Seen) => Record<string, string | undefined>),
): How {
  return after(applies, (seen) => {
    for (const [name, value] of Object.entries(typeof changes === 'function' ? changes(seen) : changes))
      if (value === undefined) seen.response.headers.delete(name)
      else seen.response.headers.set(name, value)
    return seen.response
  })
}

/** Answers with another status where `applies` is true, and the same headers and body. */
export function status(applies: Applies, code: number): How {
  return after(applies, ({ response }) => new Response(response.body, { status: code, headers: response.headers }))
}

/** Changes the value of a JSON body where `applies` is true; the change says what it takes the value for. */
export function json(applies: Applies, change: (body: never, seen: Seen) => unknown): How {
  const isJson = ({ response }: Seen) => /json/.test(response.headers.get('content-type') ?? '')
  return text(
    (seen) => applies(seen) && isJson(seen),
    (body, seen) => JSON.stringify(change(JSON.parse(body) as never, seen)),
  )
}

/** Changes the text of a body where `applies` is true; bytes go out as they are. */
export function text(applies: Applies, change: (body: string, seen: Seen) => string | Uint8Array<ArrayBuffer>): How {
  return after(applies, async (seen) => {
    const { response } = seen
    const changed = change(await response.text(), seen)
    const more = typeof changed === 'string' ? {} : { 'content-length': String(changed.length) }
    return new Response(changed, {
      status: response.status,
      headers: { ...Object.fromEntries(response.headers), ...more },
    })
  })
}

export interface Transcript {
  text: string
  chunks: { timestamp: [number, number]; text: string }[]
}

/** Changes a transcript. */
export function transcript(change: (body: Transcript, seen: Seen) => unknown): How {
  return json(isTranscript, change)
}

/** Changes the chunks of a transcript, and leaves its text as it is. */
export function chunks(change: (all: Transcript['chunks'], seen: Seen) => unknown): How {
  return transcript((body, seen) => ({ ...body, chunks: change(body.chunks, seen) }))
}

/** Changes each chunk of a transcript. */
export function eachChunk(change: (chunk: Transcript['chunks'][number], index: number) => unknown): How {
  return chunks((all) => all.map(change))
}

export const isTranscript: Applies = ({ request, response }) => request.method === 'POST' && response.status === 200
export const isRefusal: Applies = ({ response }) => response.status >= 400
export const everything: Applies = () => true
export const has =
  (...codes: number[]): Applies =>
  ({ response }) =>
    codes.includes(response.status)

/** The contract's own refusal. */
export function refusal(code: number, msg: string, more: Record<string, string> = {}): Response {
  const detail = code === 422 ? [{ loc: ['body'], msg, type: 'value_error' }] : { msg }
  return Response.json({ detail }, { status: code, headers: more })
}

export function emptyTranscript(): Response {
  return Response.json({ text: '', chunks: [] })
}

/** The body, shown to `look` as it is read, and no sooner. */
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

/** Several ways of going wrong, the first outermost. */
export function inTurn(...hows: How[]): How {
  return (site) =>
    hows
      .map((how) => how(site))
      .reduceRight<Around>(
        (inner, outer) => (request, next) => outer(request, (changed) => inner(changed, next)),
        (request, next) => next(request),
      )
}
