import {
  createServer,
  type Server,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** The behavior of a gateway for one request. */
export type Behaviour = (exchange: {
  request: IncomingMessage
  response: ServerResponse
  body: () => Promise<Buffer>
}) => unknown

export interface Received {
  line: string
  headers: IncomingHttpHeaders
  body: Buffer
}

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections()
})

/**
 * Starts a gateway on loopback until the end of the test file. The first request gets the first
 * behavior, and so on; the last behavior stays.
 */
export async function testGateway(...behaviours: Behaviour[]) {
  const requests: Received[] = []
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received: Received = {
      line: `${request.method} ${request.url}`,
      headers: request.headers,
      body: Buffer.alloc(0),
    }
    const behaviour = behaviours[Math.min(requests.push(received), behaviours.length) - 1]
    const body = async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of request) chunks.push(chunk as Uint8Array)
      return (received.body = Buffer.concat(chunks))
    }
    await behaviour?.({ request, response, body })
  }
  const server = createServer((request, response) => {
    // Some tests abort their requests.
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  return { requests, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Reads the whole request before it responds. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Behaviour {
  return async (exchange) => {
    await exchange.body()
    exchange.response.writeHead(status, { 'content-type': 'application/json', ...headers })
    exchange.response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

export const transcript = { text: ' Hello.', chunks: [{ timestamp: [0, 1.5], text: ' Hello.' }] }

/** Parses the parts of a multipart body with another implementation. */
export async function formOf(request: Received | undefined): Promise<FormData> {
  const { headers = {}, body = '' } = request ?? {}
  return new Response(new Uint8Array(Buffer.from(body)), {
    headers: { 'content-type': String(headers['content-type']) },
  }).formData()
}
