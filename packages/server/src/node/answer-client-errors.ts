import { STATUS_CODES, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { HttpError } from '../http/http-error.ts'
import type { Handler } from '../http/middleware.ts'
import { createLazyRequest } from './lazy-request.ts'
import { readTarget } from './request-target.ts'

/** Responses by the error code of Node's parser. Any other error is malformed HTTP: 400. */
const responses: Record<string, [status: number, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The header is too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of a chunk are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The header did not come in time.'],
}

/** Time in milliseconds for a client to read the response and close the connection. */
const lingerMs = 10_000

/** An error of Node's parser. */
interface ClientError extends NodeJS.ErrnoException {
  rawPacket?: Buffer
}

/**
 * Answers bytes that are not a request and closes the connection. Pending responses come first; a
 * response that has begun is never interrupted. `handle` answers methods that Node does not know.
 */
export function answerClientErrors(server: Server, refuse: (error: HttpError) => Response, handle: Handler): void {
  const due = new WeakMap<Duplex, Set<ServerResponse>>()
  for (const event of ['request', 'checkContinue'])
    server.prependListener(event, ({ socket }: { socket: Duplex }, outgoing: ServerResponse) => {
      const answers = due.get(socket) ?? new Set()
      due.set(socket, answers.add(outgoing))
      outgoing.once('close', () => answers.delete(outgoing))
    })

  server.on('clientError', (error: ClientError, socket) => {
    const answers = [...(due.get(socket) ?? [])]
    const last = answers.at(-1)
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy()
    else if (last?.req.complete) {
      // Bytes after a complete request do not affect its response.
      last.shouldKeepAlive = false
      last.once('finish', () => void endSocket(socket))
    } else if (answers.some(({ headersSent }) => headersSent)) socket.destroy()
    else {
      const request = error.code === 'HPE_INVALID_METHOD' ? readHead(error.rawPacket) : undefined
      if (request) {
        void answerHead(socket, request, handle)
        return
      }
      const [status, message] = responses[error.code ?? ''] ?? [400, 'This is not a well-formed HTTP request.']
      void endSocket(socket, refuse(new HttpError(status, message)))
    }
  })
}

/** Returns a request whose method Node does not know, without its body. */
function readHead(packet: Buffer | undefined): Request | undefined {
  const [head = ''] = packet?.toString('latin1').split('\r\n\r\n') ?? []
  const [requestLine = '', ...lines] = head.split('\r\n')
  const [, method, path] = /^([\w!#$%&'*+.^`|~-]+) (\/\S*) HTTP\/1\.[01]$/.exec(requestLine) ?? []
  if (method === undefined) return undefined
  try {
    const headers = new Headers(
      lines.map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
    )
    const url = readTarget({ url: path ?? '/', rawHeaders: [...headers].flat() })
    if (url instanceof HttpError) return undefined
    const signal = () => new AbortController().signal
    return createLazyRequest({ method, url: url.href, headers, signal, chunks: undefined })
  } catch {
    return undefined
  }
}

async function answerHead(socket: Duplex, request: Request, handle: Handler): Promise<void> {
  const response = await handle(request).catch(() => Response.error())
  if (response.type === 'error') socket.destroy()
  else await endSocket(socket, response)
}

/** Ends a connection. A client that is still sending must see the response, not a reset. */
async function endSocket(socket: Duplex, response?: Response): Promise<void> {
  const answer = response ? await toText(response) : ''
  if (socket.writableEnded) return
  socket.end(answer)
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}

/** Returns a response as the bytes of HTTP/1.1. */
async function toText(response: Response): Promise<string> {
  const body = await response.text()
  const headers = { ...Object.fromEntries(response.headers), 'content-length': Buffer.byteLength(body) }
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}\r\n${lines.join('')}\r\n${body}`
}
