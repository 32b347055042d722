import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Returns the received request as the text of a transcript, so that the client can check it. */
async function echo(request: IncomingMessage, body: Buffer): Promise<object> {
  const headers = { 'content-type': String(request.headers['content-type']) }
  const form = await new Response(new Uint8Array(body), { headers }).formData()
  const file = form.get('audio') as File
  const text = JSON.stringify({
    name: file.name,
    type: file.type,
    sha256: createHash('sha256')
      .update(new Uint8Array(await file.arrayBuffer()))
      .digest('hex'),
    fields: Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')),
    bytes: body.length,
    contentLength: request.headers['content-length'] ?? null,
    authorization: request.headers.authorization ?? null,
  })
  return { text, chunks: [{ timestamp: [0, 1.5], text: ' Hello.' }] }
}

const issue = { detail: [{ loc: ['body', 'audio'], msg: 'Field required', type: 'missing' }] }

/**
 * Starts a gateway whose first path segment chooses its behavior. `/seen` lists the others that
 * were called.
 */
export async function startGateway(pages: Record<string, [type: string, content: string]> = {}) {
  const seen: string[] = []
  let elsewhere = ''

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? ''
    const behaviour = url.split('/')[1] ?? ''
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*, authorization' }
    const send = (status: number, body: unknown, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...cors, ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body))
    const page = pages[url]
    if (page) return void send(200, page[1], { 'content-type': page[0] })
    if (request.method === 'OPTIONS') return void send(204, '')
    if (behaviour === 'seen') return void send(200, seen)
    const times =
      seen.push(`${behaviour} ${request.headers.authorization ?? ''}`) &&
      seen.filter((it) => it.startsWith(`${behaviour} `)).length

    if (behaviour === 'stuck') return
    if (behaviour === 'early') return void send(413, '')
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk as Uint8Array)
    const body = Buffer.concat(chunks)
    if (behaviour === 'echo') return void send(200, await echo(request, body))
    if (behaviour === 'busy')
      return void (times % 2 ? send(503, '', { 'retry-after': '0' }) : send(200, await echo(request, body)))
    if (behaviour === 'redirect') return void send(307, '', { location: `${elsewhere}/echo/audio-to-text` })
    if (behaviour === 'invalid') return void send(422, issue)
    if (behaviour === 'html') return void send(200, '<html>', { 'content-type': 'text/html' })
    if (behaviour === 'reset') request.socket.resetAndDestroy()
    // Other paths never respond.
  }

  const server: Server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    redirectTo(url: string) {
      elsewhere = url
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
