import type { ForwardedExchange } from './forward.ts'
import type { HarEntry, HarPair } from './har.ts'
import type { KeptNames } from './kept-names.ts'
import { redactPairs, redactQueries, redactResponseJson, redactSecrets } from './redact.ts'

interface EntryFacts {
  /** The URL of the upstream server. */
  url: string
  started: Date
  ms: number
  problems: string[]
  keptNames: KeptNames
}

/** Returns an exchange as a HAR entry without secrets. */
export function toHarEntry(
  request: Request,
  { sent, incoming, body }: ForwardedExchange,
  { url, started, ms, problems, keptNames }: EntryFacts,
): HarEntry {
  const { secrets } = sent
  const redact = (text: string) => redactQueries(redactSecrets(text, secrets), keptNames)
  const redactHeaders = (headers: HarPair[]) =>
    redactPairs(headers, keptNames.header, secrets).map(({ name, value }) => ({
      name,
      value: redactQueries(value, keptNames),
    }))
  const query = [...new URL(url).searchParams].map(([name, value]) => ({ name, value }))
  return {
    startedDateTime: started.toISOString(),
    time: ms,
    request: {
      method: sent.method,
      url: redact(url),
      _path: sent.path,
      httpVersion: 'HTTP/1.1',
      headers: redactHeaders([...request.headers].map(([name, value]) => ({ name, value }))),
      queryString: redactPairs(query, keptNames.query, secrets),
      cookies: [],
      headersSize: -1,
      bodySize: sent.size,
      postData: sent.postData,
    },
    response: {
      status: incoming.statusCode ?? 0,
      statusText: incoming.statusMessage ?? '',
      httpVersion: `HTTP/${incoming.httpVersion}`,
      headers: redactHeaders(toPairs(incoming.rawHeaders)),
      cookies: [],
      content: { size: body.length, mimeType: incoming.headers['content-type'] ?? '', ...toContent(body, secrets) },
      redirectURL: redact(incoming.headers.location ?? ''),
      headersSize: -1,
      bodySize: body.length,
    },
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    _problems: problems,
  }
}

/** Returns the alternating names and values of `rawHeaders` as pairs. */
export function toPairs(rawHeaders: readonly string[]): HarPair[] {
  const pairs: HarPair[] = []
  let name = ''
  for (const [index, text] of rawHeaders.entries())
    if (index % 2) pairs.push({ name, value: text })
    else name = text
  return pairs
}

/** Returns a body as text if it is UTF-8, otherwise in base64. */
function toContent(body: Buffer, secrets: readonly string[]): { text: string; encoding?: 'base64' } {
  const text = body.toString()
  if (Buffer.from(text).equals(body)) return { text: redactSecrets(redactResponseJson(text) ?? text, secrets) }
  const redacted = Buffer.from(redactSecrets(body.toString('latin1'), secrets), 'latin1')
  return { text: redacted.toString('base64'), encoding: 'base64' }
}
