import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { answerClientErrors } from './answer-client-errors.ts'
import { HttpError } from '../http-error.ts'
import { incomingChunks } from './incoming-chunks.ts'
import { incomingRequest } from './lazy-request.ts'
import { knownText } from './lazy-response.ts'
import { urlOf } from '../url-of.ts'

/** A server that accepts connections. */
export interface Listening extends AsyncDisposable {
  url: string
  /** Refuses new requests with a 503, lets those that run finish for up to `graceMs` (10 s unless given), then closes every connection. */
  close: (graceMs?: number) => Promise<void>
}

/** The server could not be started, for example because the port is taken. */
export class ListenError extends Error {
  override name = 'ListenError' as const
}

type Handler = (request: Request) => Promise<Response>

/** How much of an upload is still read, and for how long, after it has been answered: a client that writes before it reads sees the answer. */
const linger = { bytes: 256 * 1024 * 1024, ms: 10_000 }
/** What is left of an upload is worth a new connection, unless it is no more than this. */
const smallRest = 64 * 1024

export interface Address {
  port: number
  host: string
  /** How long the sender of a body may pause; 30 s unless given. */
  pauseMs?: number
  /** What stands between the connections and the server, as a proxy might. */
  front?: Front
}

/** Sees all that comes in and all that goes out. */
export interface Front {
  /** Stands around every answer: it may change the request for `next`, and what comes of it. */
  around?: (request: Request, next: Handler) => Promise<Response>
  /** Stands around what goes over the wire: `serve` answers, through `outgoing`. */
  wire?: (incoming: IncomingMessage, outgoing: ServerResponse, serve: () => void) => void
}

/** Serves a fetch handler over node:http; `refuse` writes the answers to what does not reach it. */
export async function listen(
  handle: Handler,
  refuse: (error: HttpError) => Response,
  { port, host, pauseMs = 30_000, front = {} }: Address,
): Promise<Listening> {
  const { around = (request, next) => next(request), wire = (_incoming, _outgoing, next) => next() } = front
  let isClosing = false
  let running = 0
  const idle = new EventEmitter()
  const handler = (continues: boolean) => (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // A connection that is kept alive would keep the server open.
    outgoing.once('finish', () => isClosing && setImmediate(() => server.closeIdleConnections()))
    if (!isClosing) {
      running++
      outgoing.once('close', () => --running || idle.emit('idle'))
    }
    const answer = isClosing
      ? () => Promise.resolve(refuse(shuttingDown))
      : (request: Request) => around(request, handle)
    wire(incoming, outgoing, () => void serve(answer, incoming, outgoing, { continues, pauseMs, refuse }))
  }
  // A body may take its time as long as it does not pause.
  const server = createServer({ requestTimeout: 0 })
  server.on('request', handler(false))
  server.on('checkContinue', handler(true))
  answerClientErrors(server, refuse)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(listenMessage(error, host, port))))
    server.listen(port, host, resolve)
  })

  const close = async (graceMs = 10_000) => {
    isClosing = true
    // Until what runs is finished, who comes is told to come again, and not left before a closed door.
    const timer = setTimeout(() => {
      idle.emit('idle')
      server.closeAllConnections()
    }, graceMs)
    if (running) await once(idle, 'idle')
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    await closed
    clearTimeout(timer)
  }
  const address = server.address() as AddressInfo
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    close,
    [Symbol.asyncDispose]: () => close(),
  }
}

const shuttingDown = new HttpError(503, 'Shutting down.', { headers: { 'retry-after': '1' } })

function listenMessage({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is in use: choose another port, or 0 for any that is free`
  if (code === 'EACCES') return `Port ${port} on ${host} needs more rights: choose one above 1023`
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') return `${host} is no address of this machine`
  return `Cannot listen on ${host}:${port}: ${message}`
}

async function serve(
  handle: Handler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { continues, pauseMs, refuse }: { continues: boolean; pauseMs: number; refuse: (error: HttpError) => Response },
): Promise<void> {
  let abort: AbortController | undefined
  const hasGone = () => outgoing.closed && !outgoing.writableFinished
  const cancel = () => abort?.abort(new Error('the client has gone away'))
  outgoing.once('close', () => hasGone() && cancel())
  const signal = () => {
    abort ??= new AbortController()
    if (hasGone()) cancel()
    return abort.signal
  }
  let isBodyWanted = !continues
  const onRead = () => {
    if (!isBodyWanted) outgoing.writeContinue()
    isBodyWanted = true
  }
  try {
    const request = toRequest(incoming, signal, onRead, pauseMs)
    await send(request instanceof Request ? await handle(request) : refuse(request), incoming, outgoing, isBodyWanted)
  } catch {
    // A response that breaks off, or a handler that breaks its word: nobody shall wait for the rest.
    outgoing.destroy()
  }
}

/** The request as the Fetch standard has it, or the refusal of one that it cannot express. */
function toRequest(
  incoming: IncomingMessage,
  signal: () => AbortSignal,
  onRead: () => void,
  pauseMs: number,
): Request | HttpError {
  const { method = 'GET', headers: known, rawHeaders, url: path = '/' } = incoming
  // The Fetch standard knows neither TRACE nor CONNECT, and no GET or HEAD with a body.
  if (method === 'TRACE' || method === 'CONNECT') return refused(`${method} is not supported`)
  const target = `http://${known.host ?? 'localhost'}${path.startsWith('/') ? path : '/'}`
  const url = URL.canParse(target) ? urlOf({ url: target }) : undefined
  if (!url || url.username || url.password) return refused('Not a valid Host')
  const headers = new Headers()
  try {
    for (let index = 0; index < rawHeaders.length; index += 2)
      headers.append(rawHeaders[index]!, rawHeaders[index + 1]!)
  } catch (error) {
    return refused((error as Error).message)
  }
  const isRead = hasBody(incoming) && method !== 'GET' && method !== 'HEAD'
  // Read only when it is asked for: then a client that waits for `100 Continue` gets it.
  const chunks = () => incomingChunks(incoming, onRead, pauseMs)
  return incomingRequest({ method, url: url.href, headers, signal, ...(isRead && { chunks }) })
}

const refused = (reason: string) => new HttpError(400, `${reason}.`)

/** A `Response.error()` is a connection that ends without an answer; a body that fails ends in the middle of one. */
async function send(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  isBodyWanted: boolean,
): Promise<void> {
  if (response.type === 'error') {
    incoming.socket.resetAndDestroy()
    return
  }
  const headers: Record<string, string | string[]> = Object.fromEntries(response.headers)
  if (response.headers.getSetCookie().length) headers['set-cookie'] = response.headers.getSetCookie()
  const isSmall = Number(incoming.headers['content-length'] ?? Infinity) <= smallRest
  const isUnread = !incoming.complete && hasBody(incoming)
  // A client that waits for `100 Continue` may leave its body out, and what comes next then is anybody's guess.
  const isAnsweredEarly = isUnread && !(isSmall && isBodyWanted)
  if (isUnread && !isAnsweredEarly) void discard(incoming).then(() => incoming.complete || incoming.destroy())
  if (isAnsweredEarly) headers['connection'] = 'close'
  if (isStreamed(response)) {
    outgoing.writeHead(response.status, headers)
    // Ends with an error when the client goes away in the middle.
    await pipeline(response.body!, outgoing, { end: false })
  } else {
    // Text goes out with its head in one write.
    const text = knownText(response) ?? (await response.text())
    if (response.status !== 204 && response.status !== 304 && incoming.method !== 'HEAD')
      headers['content-length'] = String(Buffer.byteLength(text))
    outgoing.writeHead(response.status, headers)
    if (!isAnsweredEarly) {
      // Answers go out together, when all that has come has been looked at: to wake up who waits for one costs more than to write it.
      setImmediate(() => outgoing.end(text))
      return
    }
    outgoing.write(text)
  }
  // The answer is out as a whole; the connection ends when the client has had time to see it.
  if (isAnsweredEarly && isBodyWanted) await discard(incoming)
  outgoing.end()
}

/** JSON and text are small; what announces its length, or may be large, is passed on as it comes. */
function isStreamed(response: Response): boolean {
  const { headers } = response
  if (headers.has('content-length')) return response.body !== null
  if (knownText(response) !== undefined || response.body === null) return false
  return !/^(text\/|application\/(.+\+)?json)/.test(headers.get('content-type') ?? 'text/plain')
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function discard(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let size = 0
    const timer = setTimeout(resolve, linger.ms)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    // Whoever still waits for more of the body would keep it from flowing.
    incoming.removeAllListeners('readable')
    incoming.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > linger.bytes) end()
    })
    incoming.once('end', end).once('close', end).once('error', end)
    incoming.resume()
  })
}
