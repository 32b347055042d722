import type { IncomingMessage } from 'node:http'
import { HttpError } from '../http/http-error.ts'
import { urlOf } from '../http/url-of.ts'
import { hasBody } from './has-body.ts'
import { readIncoming } from './incoming-chunks.ts'
import { createLazyRequest } from './lazy-request.ts'

interface RequestContext {
  signal: () => AbortSignal
  /** Called before each read of the body. */
  onRead: () => void
  pauseMs: number
}

/** Returns a request of node:http as a Request, or an HttpError if a Request cannot express it. */
export function toRequest(incoming: IncomingMessage, { signal, onRead, pauseMs }: RequestContext): Request | HttpError {
  const { method = 'GET', headers: known, rawHeaders, url: path = '/' } = incoming
  const target = `http://${known.host ?? 'localhost'}${path.startsWith('/') ? path : '/'}`
  const url = URL.canParse(target) ? urlOf({ url: target }) : undefined
  if (!url || url.username || url.password) return badRequest('Not a valid Host')
  const headers = new Headers()
  try {
    let name = ''
    for (const [index, text] of rawHeaders.entries())
      if (index % 2) headers.append(name, text)
      else name = text
  } catch (error) {
    return badRequest((error as Error).message)
  }
  // Reading starts on demand, so that `100 Continue` is sent only then.
  const chunks = hasBody(incoming) ? () => readIncoming(incoming, onRead, pauseMs) : undefined
  return createLazyRequest({ method, url: url.href, headers, signal, chunks })
}

const badRequest = (reason: string) => new HttpError(400, `${reason}.`)
