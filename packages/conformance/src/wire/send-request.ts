import { randomUUID } from 'node:crypto'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { headerOf, type Exchange, type Failure, type SentRequest } from '../exchange.ts'
import { uniqueMark, type Delivery } from '../request-plan.ts'
import { ByteReader } from './byte-reader.ts'
import { readResponse } from './read-response.ts'
import { redactResponse } from './redact.ts'

export interface SendOptions {
  /** Replaces `{token}`. */
  token: string
  /** Replace `{secret.NAME}`, by name. */
  secrets?: Readonly<Record<string, string>> | undefined
  /** Milliseconds for one request and its response. */
  timeoutMs: number
  signal?: AbortSignal | undefined
}

/**
 * Sends encoded requests one after the other, and reads the responses.
 * They share one connection as long as it lasts.
 * A missing or malformed response becomes the failure of its exchange; nothing is thrown.
 */
export async function sendRequests(requests: readonly SentRequest[], options: SendOptions): Promise<Exchange[]> {
  const exchanges: Exchange[] = []
  let connection: Connection | undefined
  for (const request of requests) {
    try {
      connection =
        connection && isPersistent(connection, exchanges.at(-1)) ? connection : await openConnection(request, options)
      exchanges.push(await exchangeMessages(connection, request, options))
    } catch (error) {
      const failure = toFailure(error as Error)
      exchanges.push({ request, failure, startedAt: new Date().toISOString(), ms: 0 })
    }
  }
  connection?.socket.destroy()
  return exchanges
}

interface Connection {
  socket: Socket
  reader: ByteReader
}

/** Returns true if the connection can carry another request. */
function isPersistent({ socket, reader }: Connection, last: Exchange | undefined): boolean {
  const isClosing =
    /\bclose\b/i.test(headerOf(last?.response, 'connection') ?? '') || last?.response?.httpVersion === '1.0'
  if (isClosing) socket.destroy()
  return !isClosing && !socket.destroyed && !(reader.ended && last?.request.plan.delivery?.abortAfter !== undefined)
}

async function openConnection(request: SentRequest, { timeoutMs }: SendOptions): Promise<Connection> {
  const url = new URL(request.url)
  const secure = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (secure ? 443 : 80))
  const socket = secure
    ? connectTls({ host, port, servername: isIP(host) === 0 ? host : undefined, ALPNProtocols: ['http/1.1'] })
    : connectTcp({ host, port })
  socket.setNoDelay(true)
  const timer = setTimeout(() => socket.destroy(new Error('no connection in time')), Math.min(timeoutMs, 10_000))
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(secure ? 'secureConnect' : 'connect', resolve)
      socket.once('error', reject)
    })
  } finally {
    clearTimeout(timer)
  }
  return { socket, reader: new ByteReader(socket) }
}

function toFailure(error: NodeJS.ErrnoException): Failure {
  const code = error.code ?? ''
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME)/.test(code))
    return { code: 'tls', message: `TLS: ${error.message.split('\n')[0]}` }
  return { code: 'refused', message: code || error.message }
}

async function exchangeMessages(
  { socket, reader }: Connection,
  request: SentRequest,
  { token, secrets = {}, timeoutMs, signal }: SendOptions,
): Promise<Exchange> {
  const startedAt = new Date().toISOString()
  const started = performance.now()
  const elapsed = () => Math.round((performance.now() - started) * 10) / 10
  let late: Failure | undefined
  const giveUp = (code: Failure['code'], message: string) => {
    late = { code, message }
    socket.destroy()
  }
  const timer = setTimeout(() => giveUp('timeout', `no complete response in ${timeoutMs / 1000} s`), timeoutMs)
  const interrupted = () => giveUp('dropped', 'interrupted')
  signal?.addEventListener('abort', interrupted, { once: true })
  if (signal?.aborted) interrupted()
  try {
    // A rejected upload may get its response before the request is sent.
    const { promise: status, resolve: onStatus } = withResolvers<number>()
    const writing = writeRequest(socket, status, request, { token, secrets }).catch(() => {})
    const received = await readResponse(reader, request.method, elapsed, onStatus)
    if (request.plan.delivery?.followedBy) await writing
    const failure = late ?? received.failure
    return {
      request,
      // The credentials never leave this module.
      response: received.response && redactResponse(received.response, listSecrets(token, secrets)),
      failure,
      startedAt,
      ms: elapsed(),
    }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', interrupted)
  }
}

/** Returns everything that a response must not repeat. */
const listSecrets = (token: string, secrets: Readonly<Record<string, string>>): string[] =>
  [token, ...Object.values(secrets)]
    .filter(Boolean)
    .flatMap((secret) => [secret, cutToken(secret), changePassword(secret, cutToken)])

async function writeRequest(
  socket: Socket,
  status: Promise<number>,
  request: SentRequest,
  { token, secrets = {} }: Pick<SendOptions, 'token' | 'secrets'>,
): Promise<void> {
  const { method, target, headers, plan } = request
  const delivery = plan.delivery ?? {}
  const body = delivery.chunks ? insertTokenInBody(request.body, token) : request.body
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map((header) => header.join(': ')), '', '']
  const text = Object.entries(secrets).reduce(
    (left, [name, value]) =>
      left
        .replaceAll(`Basic {secret.${name}}x`, `Basic ${changePassword(value, (password) => `${password}x`)}`)
        .replaceAll(`Basic {secret.${name}-cut}`, `Basic ${changePassword(value, cutToken)}`)
        .replaceAll(`{secret.${name}}`, value)
        .replaceAll(`{secret.${name}-cut}`, cutToken(value)),
    insertToken(lines.join('\r\n'), token).replaceAll(uniqueMark, () => randomUUID()),
  )
  const head = Buffer.from(text)
  if (delivery.expectMs === undefined && !hasPace(delivery)) {
    await writeBytes(socket, Buffer.concat([head, delivery.chunks ? encodeChunks(body, delivery.chunks) : body]))
    return
  }
  await writeBytes(socket, head)
  if (delivery.expectMs !== undefined) {
    const first = await Promise.race([status, sleep(delivery.expectMs, 100, { ref: false })])
    if (first >= 200) return
  }
  for (const piece of splitBody(body, delivery)) {
    await writeBytes(socket, piece.bytes)
    if (piece.pauseMs) await sleep(piece.pauseMs)
  }
  if (delivery.abortAfter !== undefined) socket.destroy()
}

/** Inserts the token into a chunked body, which announces no length. */
const insertTokenInBody = (body: Buffer, token: string): Buffer =>
  body.includes('{token}') ? Buffer.from(insertToken(body.toString('latin1'), token), 'latin1') : body

const insertToken = (text: string, token: string): string =>
  text.replaceAll('{token}', token).replaceAll('{token-cut}', cutToken(token))

/** Changes the text of Basic credentials. A longer Base64 text may have the same bytes. */
const changePassword = (value: string, change: (text: string) => string): string =>
  Buffer.from(change(Buffer.from(value, 'base64').toString())).toString('base64')

/** Returns a wrong token: the right one without its last two characters. */
const cutToken = (token: string): string => token.slice(0, -2)

const hasPace = ({ abortAfter, slow, lateTail }: Delivery) =>
  abortAfter !== undefined || slow !== undefined || lateTail !== undefined

/** `Promise.withResolvers`, which Node 20 lacks. */
function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve!: (value: Value) => void
  const promise = new Promise<Value>((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}

/** Splits a body into the pieces to write, each with the pause after it. */
function* splitBody(
  body: Buffer,
  { abortAfter, slow, lateTail, chunks }: Delivery,
): Generator<{ bytes: Buffer; pauseMs: number }> {
  if (abortAfter !== undefined) {
    yield { bytes: body.subarray(0, abortAfter), pauseMs: 100 }
    return
  }
  let from = 0
  if (slow) {
    const size = Math.max(1, Math.round(slow.bytesPerSecond / 4))
    for (let tick = 0; tick < slow.seconds * 4 && from < body.length; tick++, from += size)
      yield { bytes: body.subarray(from, from + size), pauseMs: 250 }
  }
  const rest = chunks ? encodeChunks(body.subarray(from), chunks) : body.subarray(from)
  const tail = Math.max(0, rest.length - (lateTail ?? 0))
  yield { bytes: rest.subarray(0, tail), pauseMs: lateTail ? 200 : 0 }
  if (lateTail) yield { bytes: rest.subarray(tail), pauseMs: 0 }
}

function encodeChunks(body: Buffer, sizes: readonly number[]): Buffer {
  const coded: Buffer[] = []
  for (let from = 0, index = 0; from < body.length; index++) {
    const size = sizes[index] ?? sizes.at(-1) ?? body.length
    const chunk = body.subarray(from, from + size)
    coded.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'))
    from += chunk.length
  }
  return Buffer.concat([...coded, Buffer.from('0\r\n\r\n')])
}

async function writeBytes(socket: Socket, bytes: Buffer): Promise<void> {
  if (socket.destroyed) return
  await new Promise<void>((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}
