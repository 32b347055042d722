import type { IncomingMessage } from 'node:http'
import { HttpError } from '../http/http-error.ts'
import { hasBody, readIncoming, type Patience } from './incoming-chunks.ts'
import { createLazyRequest } from './lazy-request.ts'
import { readTarget } from './request-target.ts'

interface RequestContext {
  signal: () => AbortSignal
  /** Called before each read of the body. */
  onRead: () => void
  patience: Patience
}

/** Returns a request of node:http as a Request, or an HttpError if a Request cannot express it. */
export function toRequest(
  incoming: IncomingMessage,
  { signal, onRead, patience }: RequestContext,
): Request | HttpError {
  const { method = 'GET', headers: known, rawHeaders } = incoming
  const url = readTarget(incoming)
  if (url instanceof HttpError) return url
  const coding = known['transfer-encoding']
  // RFC 9112, 6.1: a coding that is not understood.
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    return new HttpError(501, `The transfer coding '${coding}' is not supported.`)
  const headers = new Headers()
  try {
    let name = ''
    for (const [index, text] of rawHeaders.entries())
      if (index % 2) headers.append(name, text)
      else name = text
  } catch (error) {
    return new HttpError(400, `${(error as Error).message}.`)
  }
  // Reading starts on demand, so that `100 Continue` is sent only then.
  const chunks = hasBody(incoming) ? () => readIncoming(incoming, onRead, patience) : undefined
  return createLazyRequest({ method, url: url.href, headers, signal, chunks })
}
