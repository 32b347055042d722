import { once } from 'node:events'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { join } from 'node:path'
import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import { isSecret } from '../calls/call.ts'
import type { NotedForm } from '../gateway/imitate-gateway.ts'
import { problemResponse } from '../prism/problem-response.ts'
import type { Stage } from '../stage.ts'
import { createCheckResponse } from './check-response.ts'
import { cutSecrets, secretsOf } from './cut-secrets.ts'
import type { Har, HarEntry, HarPair } from './har.ts'
import { noteRequest, type NotedRequest } from './note-request.ts'
import { RecordingError, type Recorded } from './recorded.ts'

interface RecorderOptions {
  directory: string
  /** The base URL of the server to pass calls on to. */
  upstream: string
  description: OpenAPI
  onRecorded: (recorded: Recorded) => void
}

/** Headers of one connection (RFC 9110, 7.6.1), and those that would have the answer compressed, which nobody could look into. */
const notPassedOn =
  /^(connection|keep-alive|proxy-.+|te|trailer|transfer-encoding|upgrade|host|expect|accept-encoding)$/
/** Passes calls on byte for byte, and keeps each exchange in a file of its own. */
export async function createRecorder({
  directory,
  upstream,
  description,
  onRecorded,
}: RecorderOptions): Promise<Stage> {
  if (!/^https?:$/.test(URL.canParse(upstream) ? new URL(upstream).protocol : ''))
    throw new RecordingError(`'${upstream}' is not an http or https URL to pass calls on to`)
  await mkdir(directory, { recursive: true }).catch((error: Error) => {
    throw new RecordingError(`Cannot record into ${directory}: ${error.message}`)
  })
  const check = createCheckResponse(description)
  const operations = listOperations(description)
  const forms = new WeakMap<Request, NotedForm>()
  const session = new Date().toISOString().replaceAll(/[:.]/g, '-')
  let count = 0

  async function around(request: Request): Promise<Response> {
    const [started, begin] = [new Date(), performance.now()]
    const { pathname, search } = new URL(request.url)
    const url = `${upstream.replace(/\/$/, '')}${pathname}${search}`
    let exchange: Exchange
    try {
      exchange = await passOn(url, request)
    } catch (error) {
      return problemResponse(502, `No answer from ${new URL(upstream).origin}: ${(error as Error).message}`)
    }
    const ms = Math.round(performance.now() - begin)
    const { sent, incoming, body } = exchange
    if (sent.form) forms.set(request, sent.form)
    const { statusCode: status = 0, headers } = incoming
    const mediaType = headers['content-type'] ?? ''
    const operation = operations.find(({ method, path }) => method === request.method && pathname.endsWith(path))
    const problems = operation
      ? check(operation.operationId, { status, mediaType, body })
      : [`${request.method} ${pathname} is no operation of the description`]
    const entry = harEntry(request, url, exchange, { started, ms, problems })
    const file = await write(entry)
    onRecorded({ method: request.method, path: sent.path, status, ms, file, problems })
    return passedBack(status, pairs(incoming.rawHeaders), body)
  }

  async function write(entry: HarEntry): Promise<string> {
    const file = join(directory, `${session}-${String(++count).padStart(4, '0')}.har`)
    const creator = { name: '@livepeer-ai/mock', version: '1' }
    const har: Har = { log: { version: '1.2', creator, entries: [entry] } }
    // Whoever reads the folder meanwhile sees whole files only.
    await writeFile(`${file}.part`, `${JSON.stringify(har, null, 2)}\n`)
    await rename(`${file}.part`, file)
    return file
  }

  return { around, formOf: (request) => forms.get(request) }
}

interface Exchange {
  sent: NotedRequest
  incoming: IncomingMessage
  body: Buffer
}

/** Sends the request on, none of its bytes changed, and no faster than they are taken. */
async function passOn(url: string, request: Request): Promise<Exchange> {
  const headers = Object.fromEntries([...request.headers].filter(([name]) => !notPassedOn.test(name)))
  const outgoing = (url.startsWith('https:') ? requestHttps : requestHttp)(url, { method: request.method, headers })
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>
  // It is awaited below, when all has been sent.
  answered.catch(() => {})
  async function* sending(): AsyncGenerator<Uint8Array> {
    for await (const chunk of request.body ?? []) {
      if (!outgoing.destroyed && !outgoing.write(chunk))
        await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]).catch(() => {})
      yield chunk
    }
  }
  const sent = await noteRequest(request, sending())
  outgoing.end()
  const [incoming] = await answered
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return { sent, incoming, body: Buffer.concat(chunks) }
}

function harEntry(
  request: Request,
  url: string,
  { sent, incoming, body }: Exchange,
  { started, ms, problems }: { started: Date; ms: number; problems: string[] },
): HarEntry {
  const secrets = secretsOf(request.headers, request.url)
  const cut = (text: string) => cutSecrets(text, secrets)
  const safe = (headers: HarPair[]) =>
    headers.map(({ name, value }) => ({ name, value: isSecret(name) ? '***' : cut(value) }))
  return {
    startedDateTime: started.toISOString(),
    time: ms,
    request: {
      method: sent.method,
      url: cut(url),
      _path: sent.path,
      httpVersion: 'HTTP/1.1',
      headers: safe([...request.headers].map(([name, value]) => ({ name, value }))),
      queryString: safe([...new URL(url).searchParams].map(([name, value]) => ({ name, value }))),
      cookies: [],
      headersSize: -1,
      bodySize: sent.size,
      ...(sent.postData && { postData: sent.postData }),
    },
    response: {
      status: incoming.statusCode ?? 0,
      statusText: incoming.statusMessage ?? '',
      httpVersion: `HTTP/${incoming.httpVersion}`,
      headers: safe(pairs(incoming.rawHeaders)),
      cookies: [],
      content: { size: body.length, mimeType: incoming.headers['content-type'] ?? '', ...content(body, secrets) },
      redirectURL: cut(incoming.headers.location ?? ''),
      headersSize: -1,
      bodySize: body.length,
    },
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    _problems: problems,
  }
}

function pairs(raw: string[]): HarPair[] {
  return Array.from({ length: raw.length / 2 }, (_, index) => ({ name: raw[2 * index]!, value: raw[2 * index + 1]! }))
}

/** As text where it is text, in UTF-8; else as base64. */
function content(body: Buffer, secrets: readonly string[]): { text: string; encoding?: 'base64' } {
  const text = body.toString()
  if (Buffer.from(text).equals(body)) return { text: cutSecrets(text, secrets) }
  const cut = Buffer.from(cutSecrets(body.toString('latin1'), secrets), 'latin1')
  return { text: cut.toString('base64'), encoding: 'base64' }
}

/** An answer as it came, for the connection that it goes out on. */
export function passedBack(status: number, headers: HarPair[], body: Buffer): Response {
  const kept = headers.filter(({ name }) => !notPassedOn.test(name.toLowerCase()))
  return new Response(status === 204 || status === 304 ? null : new Uint8Array(body), {
    status,
    headers: kept.map(({ name, value }): [string, string] => [name, value]),
  })
}
