import { STATUS_CODES, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { HttpError } from '../http-error.ts'

/** What Node's parser gives up on, by its code; anything else is no HTTP at all. */
const refusals: Record<string, [status: number, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The header is too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of a chunk are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The header did not come in time.'],
}

/** How long a client has to see the answer and to close its side, in milliseconds. */
const lingerMs = 10_000

/** Answers what is no request, as `refuse` writes it, and closes the connection: after the answers that are due, and never in the middle of one. */
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
      // Bytes behind a whole request are none of its business.
      last.shouldKeepAlive = false
      last.once('finish', () => void end(socket))
    } else if (answers.some(({ headersSent }) => headersSent)) socket.destroy()
    else {
      const [status, message] = refusals[error.code ?? ''] ?? [400, 'This is not a well-formed HTTP request.']
      void end(socket, refuse(new HttpError(status, message)))
    }
  })
}

/** The client may go on sending for a while: it shall see the answer, not a reset. */
async function end(socket: Duplex, response?: Response): Promise<void> {
  const answer = response ? await write(response) : ''
  if (socket.writableEnded) return
  socket.end(answer)
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}

async function write(response: Response): Promise<string> {
  const body = await response.text()
  const headers = { ...Object.fromEntries(response.headers), 'content-length': Buffer.byteLength(body) }
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}\r\n${lines.join('')}\r\n${body}`
}
