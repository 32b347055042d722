import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/**
 * Forwards every request to `target` and changes the responses of audio-to-text; `undefined` drops
 * the connection.
 */
export async function startChangingProxy(
  target: string,
  change: (answer: Answer) => Answer | undefined,
): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const forwarded = httpRequest(new URL(url!, target), { method: method!, headers }, (response) => {
      void buffer(response).then((bytes) => {
        const given = { status: response.statusCode!, headers: response.headers, body: bytes.toString() }
        const answer = url === '/audio-to-text' ? change(given) : given
        if (!answer) return incoming.socket.destroy()
        const dropped = new Set(['content-length', 'transfer-encoding'])
        const kept = Object.entries(answer.headers).filter(([name, value]) => value !== undefined && !dropped.has(name))
        return outgoing.writeHead(answer.status, Object.fromEntries(kept)).end(answer.body)
      })
    })
    forwarded.on('error', () => incoming.socket.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
