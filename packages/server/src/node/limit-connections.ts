import { readFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Limit for a process with many file descriptors. */
const mostConnections = 4096

/**
 * Limits the connections of a server. A connection that waits for a request is closed in favor of
 * a new one, the oldest first. So connections that send nothing cannot keep clients away.
 */
export function limitConnections(server: Server, limit: number = defaultLimit()): void {
  // Ordered by the begin of their wait.
  const waiting = new Set<Socket>()
  let open = 0
  const onRequest = ({ socket }: IncomingMessage, outgoing: ServerResponse) => {
    waiting.delete(socket)
    outgoing.once('close', () => {
      if (!socket.destroyed) waiting.add(socket)
    })
  }
  server.prependListener('request', onRequest).prependListener('checkContinue', onRequest)
  server.on('connection', (socket: Socket) => {
    open++
    socket.once('close', () => {
      open--
      waiting.delete(socket)
    })
    const [oldest] = waiting
    if (open > limit) (oldest ?? socket).destroy()
    if (!socket.destroyed) waiting.add(socket)
  })
}

/** Descriptors that Node and open files need. */
const reserved = 40

/** Returns most of the file descriptors of this process. */
function defaultLimit(): number {
  try {
    const [, files = ''] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    const limit = Number(files) || Infinity
    return Math.max(8, Math.min(mostConnections, Math.floor(limit * 0.75), limit - reserved))
  } catch {
    return mostConnections
  }
}
