import { once } from 'node:events'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { HarPair } from './har.ts'
import type { KeptNames } from './kept-names.ts'
import { noteRequest, type NotedRequest } from './note-request.ts'

/**
 * Headers that are not forwarded: those of a single connection (RFC 9110, 7.6.1), and
 * `Accept-Encoding`, since compressed responses cannot be checked.
 */
const notForwarded =
  /^(connection|keep-alive|proxy-.+|te|trailer|transfer-encoding|upgrade|host|expect|accept-encoding)$/

/** A request and the response of the upstream server. */
export interface ForwardedExchange {
  sent: NotedRequest
  incoming: IncomingMessage
  body: Buffer
}

/** Sends a request unchanged to another server, no faster than that server reads it. */
export async function forward(url: string, request: Request, keptNames: KeptNames): Promise<ForwardedExchange> {
  const headers = Object.fromEntries([...request.headers].filter(([name]) => !notForwarded.test(name)))
  const outgoing = (url.startsWith('https:') ? requestHttps : requestHttp)(url, { method: request.method, headers })
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>
  // Rejections are handled below, when the request has been sent.
  answered.catch(() => {})
  async function* sendChunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of request.body ?? []) {
      if (!outgoing.destroyed && !outgoing.write(chunk))
        await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]).catch(() => {})
      yield chunk
    }
  }
  const sent = await noteRequest(request, sendChunks(), keptNames)
  outgoing.end()
  const [incoming] = await answered
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return { sent, incoming, body: Buffer.concat(chunks) }
}

/** Returns a recorded response without the headers of its connection. */
export function toResponse(status: number, headers: HarPair[], body: Buffer): Response {
  const kept = headers.filter(({ name }) => !notForwarded.test(name.toLowerCase()))
  return new Response(status === 204 || status === 304 ? null : new Uint8Array(body), {
    status,
    headers: kept.map(({ name, value }): [string, string] => [name, value]),
  })
}
