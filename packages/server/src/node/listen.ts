import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HttpError } from '../http/http-error.ts'
import { passOn, type Handler, type Middleware } from '../http/middleware.ts'
import { answerClientErrors } from './answer-client-errors.ts'
import { limitConnections } from './limit-connections.ts'
import { serve } from './serve.ts'

/** A server that accepts connections. */
export interface Listening extends AsyncDisposable {
  url: string
  /**
   * Refuses new requests with a 503 and waits up to `graceMs` (default: 10 s) for running requests.
   * Then closes every connection.
   */
  close: (graceMs?: number) => Promise<void>
}

/** Thrown when the server cannot be started, for example because the port is in use. */
export class ListenError extends Error {
  override name = 'ListenError' as const
}

export interface Address {
  port: number
  host: string
  /** Time that the sender of a body may pause; default: 30 s. */
  pauseMs?: number | undefined
  /** Time in which 4 KiB of a body, or its rest, must come; default: 60 s. */
  slowMs?: number | undefined
  /** Time for the header of a request, and that a connection may wait for one; default: 60 s. */
  headerMs?: number | undefined
  /** Limit on connections; default: 4,096, or less if the process has few file descriptors. */
  maxConnections?: number | undefined
  /** Layers between the connections and the server, as in a proxy. */
  front?: Front | undefined
}

/** Sees everything that comes in and goes out. */
export interface Front {
  /** Wraps every response. */
  around?: Middleware
  wire?: Wire
}

/** Wraps an exchange at the level of node:http: `serve` writes the response to `outgoing`. */
export type Wire = (incoming: IncomingMessage, outgoing: ServerResponse, serve: () => void) => void

/** Serves a handler over node:http. `refuse` writes the responses to all other requests. */
export async function listen(
  handle: Handler,
  refuse: (error: HttpError) => Response,
  { port, host, pauseMs = 30_000, slowMs = 60_000, headerMs = 60_000, maxConnections, front = {} }: Address,
): Promise<Listening> {
  const { around = passOn, wire = (_incoming, _outgoing, next) => next() } = front
  const running = new RunningRequests()
  let isClosing = false
  const createListener = (isContinueExpected: boolean) => (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // Otherwise a connection that is kept alive would keep the server open.
    outgoing.once('finish', () => isClosing && setImmediate(() => server.closeIdleConnections()))
    if (!isClosing) running.add(outgoing)
    const answer: Handler = isClosing
      ? () => Promise.resolve(refuse(shuttingDown))
      : (request) => around(request, handle)
    const options = { isContinueExpected, patience: { pauseMs, slowMs }, refuse }
    wire(incoming, outgoing, () => void serve(answer, incoming, outgoing, options))
  }
  // A body may take any time as long as enough of it comes.
  const server = createServer({
    requestTimeout: 0,
    headersTimeout: headerMs,
    connectionsCheckingInterval: Math.min(headerMs, 4_000),
  })
  limitConnections(server, maxConnections)
  server.on('request', createListener(false))
  server.on('checkContinue', createListener(true))
  answerClientErrors(server, refuse, (request) => around(request, handle))
  await bind(server, port, host)

  const close = async (graceMs = 10_000) => {
    isClosing = true
    await closeServer(server, running, graceMs)
  }
  return { url: urlOfServer(server), close, [Symbol.asyncDispose]: () => close() }
}

/** Counts the requests without a complete response. */
class RunningRequests {
  #count = 0
  readonly #events = new EventEmitter()

  add(outgoing: ServerResponse): void {
    this.#count++
    outgoing.once('close', () => --this.#count || this.giveUp())
  }

  async ended(): Promise<void> {
    if (this.#count) await once(this.#events, 'idle')
  }

  /** Ends the wait for running requests. */
  giveUp(): void {
    this.#events.emit('idle')
  }
}

/** While running requests finish, new ones get 503 instead of a refused connection. */
async function closeServer(server: Server, running: RunningRequests, graceMs: number): Promise<void> {
  const timer = setTimeout(() => {
    running.giveUp()
    server.closeAllConnections()
  }, graceMs)
  await running.ended()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  await closed
  clearTimeout(timer)
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(describeError(error, host, port))))
    server.listen(port, host, resolve)
  })
}

function urlOfServer(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

const shuttingDown = new HttpError(503, 'Shutting down.', { headers: { 'retry-after': '1' } })

function describeError({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is in use: choose another port, or 0 for any free port`
  if (code === 'EACCES') return `Port ${port} on ${host} requires more privileges: choose a port above 1023`
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') return `${host} is not an address of this machine`
  return `Cannot listen on ${host}:${port}: ${message}`
}
