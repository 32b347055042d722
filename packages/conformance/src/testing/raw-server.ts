import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** Starts a server that calls `answer` as soon as the headers of a request have arrived. */
export async function startRawServer(
  answer: (socket: Socket, head: string) => void,
): Promise<AsyncDisposable & { url: string }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let head = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      const isWhole = head.includes('\r\n\r\n')
      head += chunk.toString('latin1')
      if (!isWhole && head.includes('\r\n\r\n')) answer(socket, head)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Returns the bytes of an HTTP response. */
export const formatResponse = (status: string, headers: Record<string, string>, body = ''): string =>
  [`HTTP/1.1 ${status}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n')
