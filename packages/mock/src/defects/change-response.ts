import { observe, replace } from './change-request.ts'
import type { ChangeServer, Site } from './defect.ts'
import { parseUpload, type Upload } from './upload.ts'

/** A response and the request that it answers. */
export interface Seen {
  request: Request
  response: Response
  /** The body of the request, as far as the server has read it. */
  upload: Upload
  site: Site
}

type Applies = (seen: Seen) => boolean

/** Changes the responses for which `applies` returns true. */
export function changeResponse(applies: Applies, change: (seen: Seen) => Response | Promise<Response>): ChangeServer {
  return (site) => async (request, next) => {
    const read: Uint8Array[] = []
    const contentType = request.headers.get('content-type')
    const observed = request.body
      ? replace(request, { body: observe(request.body, (bytes) => read.push(bytes)) })
      : request
    const response = await next(observed)
    if (response.type === 'error') return response
    let upload: Upload | undefined
    const seen: Seen = {
      request: observed,
      response,
      site,
      get upload() {
        return (upload ??= parseUpload(contentType, Buffer.concat(read)))
      },
    }
    if (!applies(seen)) return response
    const changed = await change(seen)
    return changed === response ? response : keepCommonHeaders(response, changed)
  }
}

/** Copies the headers of every response, which are not part of a defect in one of them. */
function keepCommonHeaders({ headers }: Response, changed: Response): Response {
  if (changed.type === 'error') return changed
  for (const [name, value] of headers)
    if (/^(x-request-id|access-control-allow-origin|access-control-expose-headers|vary)$/.test(name))
      changed.headers.set(name, value)
  return changed
}

/** Refuses forms with a status, in the shape of the contract, if the server has read them. */
export function refuse(
  applies: (upload: Upload, seen: Seen) => boolean,
  code: number,
  message = 'Refused.',
): ChangeServer {
  return changeResponse(
    (seen) => isRead(seen) && applies(seen.upload, seen),
    () => errorResponse(code, message),
  )
}

/** Answers forms with an empty transcript if the server has read them. */
export function accept(applies: (upload: Upload, seen: Seen) => boolean): ChangeServer {
  return changeResponse(
    (seen) => isRead(seen) && applies(seen.upload, seen),
    () => emptyTranscript(),
  )
}

/** Returns true for a POST that passed routing, authorization and content negotiation. */
function isRead({ request, response }: Seen): boolean {
  return request.method === 'POST' && ![401, 404, 406].includes(response.status)
}

type HeaderChanges = Record<string, string | undefined>

/** Changes headers of responses; undefined removes a header. */
export function changeHeaders(
  applies: Applies,
  changes: HeaderChanges | ((seen: Seen) => HeaderChanges),
): ChangeServer {
  return changeResponse(applies, (seen) => {
    for (const [name, value] of Object.entries(typeof changes === 'function' ? changes(seen) : changes))
      if (value === undefined) seen.response.headers.delete(name)
      else seen.response.headers.set(name, value)
    return seen.response
  })
}

/** Changes the status of responses. */
export function changeStatus(applies: Applies, code: number): ChangeServer {
  return changeResponse(
    applies,
    ({ response }) => new Response(response.body, { status: code, headers: response.headers }),
  )
}

/** Changes the JSON values of responses. The parameter type of `change` is not checked. */
export function changeJson(applies: Applies, change: (body: never, seen: Seen) => unknown): ChangeServer {
  const isJson = ({ response }: Seen) => /json/.test(response.headers.get('content-type') ?? '')
  return changeText(
    (seen) => applies(seen) && isJson(seen),
    (body, seen) => JSON.stringify(change(JSON.parse(body) as never, seen)),
  )
}

/** Changes the text of responses. If `change` returns bytes, they are sent as they are. */
export function changeText(
  applies: Applies,
  change: (body: string, seen: Seen) => string | Uint8Array<ArrayBuffer>,
): ChangeServer {
  return changeResponse(applies, async (seen) => {
    const { response } = seen
    const changed = change(await response.text(), seen)
    const headers = new Headers(response.headers)
    if (typeof changed !== 'string') headers.set('content-length', String(changed.length))
    return new Response(changed, { status: response.status, headers })
  })
}

export interface Transcript {
  text: string
  chunks: { timestamp: [number, number]; text: string }[]
}

/** Changes transcripts. */
export function changeTranscript(change: (body: Transcript, seen: Seen) => unknown): ChangeServer {
  return changeJson(isTranscript, change)
}

/** Changes the chunks of transcripts. */
export function changeChunks(change: (chunks: Transcript['chunks'], seen: Seen) => unknown): ChangeServer {
  return changeTranscript((body, seen) => ({ ...body, chunks: change(body.chunks, seen) }))
}

/** Changes each chunk of transcripts. */
export function changeEachChunk(change: (chunk: Transcript['chunks'][number], index: number) => unknown): ChangeServer {
  return changeChunks((chunks) => chunks.map(change))
}

export const isTranscript: Applies = ({ request, response }) => request.method === 'POST' && response.status === 200
export const isError: Applies = ({ response }) => response.status >= 400
export const everything: Applies = () => true
export const hasStatus =
  (...codes: number[]): Applies =>
  ({ response }) =>
    codes.includes(response.status)

/** Returns an error in the shape of the contract. */
export function errorResponse(code: number, msg: string, headers: Record<string, string> = {}): Response {
  const detail = code === 422 ? [{ loc: ['body'], msg, type: 'value_error' }] : { msg }
  return Response.json({ detail }, { status: code, headers })
}

export function emptyTranscript(): Response {
  return Response.json({ text: '', chunks: [] })
}
