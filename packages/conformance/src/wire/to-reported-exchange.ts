import type { Exchange, Header, ReceivedResponse } from '../exchange.ts'
import type { ReportedExchange } from '../report.ts'
import { secretHeaders } from './redact.ts'
import { toCurl } from './to-curl.ts'

const maxCharacters = 2_000

/** Returns an exchange for readers: without credentials and cookies, and with short bodies. */
export function toReportedExchange(exchange: Exchange): ReportedExchange {
  const { request, response, failure, startedAt, ms } = exchange
  const curl = toCurl(request)
  return {
    id: request.id,
    method: request.method,
    url: request.url,
    requestHeaders: request.headers.map(cutSecret),
    requestBytes: request.body.length,
    requestBody: toRequestText(exchange),
    ...(response && toReportedResponse(response)),
    ...(failure && { failure: failure.message }),
    startedAt,
    ms,
    ...(curl && { curl }),
  }
}

const toReportedResponse = ({ status, reason, headers, body }: ReceivedResponse) => ({
  status,
  reason,
  responseHeaders: headers.map(cutSecret),
  responseBytes: body.length,
  responseBody: shorten(body.toString()),
})

/** Keeps only the scheme of credentials, even of invalid ones. */
function cutSecret([name, value]: Header): [string, string] {
  if (!secretHeaders.has(name.toLowerCase())) return [name, value]
  return [name, value.replace(/^(\S+ +)?.*$/s, (_, scheme: string = '') => (value === '' ? '' : `${scheme}[cut]`))]
}

function toRequestText({ request: { plan, body } }: Exchange): string {
  if (!plan.body) return ''
  if (!('parts' in plan.body)) return shorten(body.toString())
  return plan.body.parts
    .map(({ name, value, filename }) =>
      filename === undefined && typeof value === 'string'
        ? `${name}=${shorten(value)}`
        : `${name}=<${Buffer.byteLength(value)} bytes${filename === undefined ? '' : ` of ${shorten(filename)}`}>`,
    )
    .slice(0, 20)
    .join('\n')
}

function shorten(text: string): string {
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}… (${text.length} characters)` : text
}
