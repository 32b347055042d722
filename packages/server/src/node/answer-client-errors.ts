import { STATUS_CODES, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { HttpError } from '../http/http-error.ts'

/** Responses by the error code of Node's parser. Any other error is malformed HTTP: 400. */
const responses: Record<string, [status: number, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The header is too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of a chunk are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The header did not come in time.'],
}

/** Time in milliseconds for a client to read the response and close the connection. */
const lingerMs = 10_000

/**
 * Answers bytes that are not a request and closes the connection. Pending responses come first; a
 * response that has begun is never interrupted.
 */
export function answerClientErrors(server: Server, refuse: (error: HttpError) => Response): void {
  const due = new WeakMap<Duplex, Set<ServerResponse>>()
  for (const event of ['request', 'checkContinue'])
    server.prependListener(event, ({ socket }: { socket: Duplex }, outgoing: ServerResponse) => {
      const answers = due.get(socket) ?? new Set()
      due.set(socket, answers.add(outgoing))
      outgoing.once('close', () => answers.delete(outgoing))
    })

  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answers = [...(due.get(socket) ?? [])]
    const last = answers.at(-1)
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy()
    else if (last?.req.complete) {
      // Bytes after a complete request do not affect its response.
      last.shouldKeepAlive = false
      last.once('finish', () => void endSocket(socket))
    } else if (answers.some(({ headersSent }) => headersSent)) socket.destroy()
    else {
      const [status, message] = responses[error.code ?? ''] ?? [400, 'This is not a well-formed HTTP request.']
      void endSocket(socket, refuse(new HttpError(status, message)))
    }
  })
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
