import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { hasBody } from './incoming-chunks.ts'
import { knownText } from './lazy-response.ts'

/**
 * Limits for reading the rest of an upload after the response. A client that writes before it reads
 * must still see the response.
 */
const linger = { bytes: 256 * 1024 * 1024, ms: 10_000 }
/** Uploads up to this size are read to their end to keep the connection. */
const smallUpload = 64 * 1024

/**
 * Sends a response. `Response.error()` resets the connection without a response. A body that fails
 * ends the connection in the middle of the response.
 */
export async function sendResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  isBodyWanted: boolean,
): Promise<void> {
  if (response.type === 'error') {
    incoming.socket.resetAndDestroy()
    return
  }
  const headers: Record<string, string | string[]> = Object.fromEntries(response.headers)
  if (response.headers.getSetCookie().length) headers['set-cookie'] = response.headers.getSetCookie()
  const isSmall = Number(incoming.headers['content-length'] ?? Infinity) <= smallUpload
  const isUnread = !incoming.complete && hasBody(incoming)
  // A client that waits for `100 Continue` may omit its body, so the next bytes are ambiguous.
  const isAnsweredEarly = isUnread && !(isSmall && isBodyWanted)
  if (isUnread && !isAnsweredEarly) void discardBody(incoming).then(() => incoming.complete || incoming.destroy())
  if (isAnsweredEarly) headers['connection'] = 'close'
  const stream = streamOf(response)
  if (stream) {
    outgoing.writeHead(response.status, headers)
    // Rejects when the client disconnects.
    await pipeline(stream, outgoing, { end: false })
  } else {
    // Text is sent together with the headers in one write.
    const text = knownText(response) ?? (await response.text())
    if (response.status !== 204 && response.status !== 304 && incoming.method !== 'HEAD')
      headers['content-length'] = String(Buffer.byteLength(text))
    outgoing.writeHead(response.status, headers)
    if (!isAnsweredEarly) {
      // Pending requests are handled first: their responses then go out in fewer writes.
      setImmediate(() => outgoing.end(text))
      return
    }
    outgoing.write(text)
  }
  // The response is complete. The connection ends when the client has had time to read it.
  if (isAnsweredEarly && isBodyWanted) await discardBody(incoming)
  outgoing.end()
}

/**
 * Returns the body of a response that is sent as a stream: one that states its length or may be
 * large. JSON and text are small and return null.
 */
function streamOf(response: Response): ReadableStream<Uint8Array> | null {
  const { headers } = response
  if (headers.has('content-length')) return response.body
  if (knownText(response) !== undefined) return null
  const isText = /^(text\/|application\/(.+\+)?json)/.test(headers.get('content-type') ?? 'text/plain')
  return isText ? null : response.body
}

/** Reads the rest of a request body, within the limits, and discards it. */
function discardBody(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let size = 0
    const timer = setTimeout(resolve, linger.ms)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    // A pending reader of the body would keep it from flowing.
    incoming.removeAllListeners('readable')
    incoming.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > linger.bytes) end()
    })
    incoming.once('end', end).once('close', end).once('error', end)
    incoming.resume()
  })
}
