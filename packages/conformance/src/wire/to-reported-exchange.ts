import { isUtf8 } from 'node:buffer'
import type { Exchange, Header, ReceivedResponse } from '../exchange.ts'
import type { ReportedExchange } from '../report.ts'
import type { RequestPlan } from '../request-plan.ts'
import { secretHeaders } from './redact.ts'

const maxCharacters = 2_000

/** Returns an exchange for readers: without credentials and cookies, and with short bodies. */
export function toReportedExchange(
  exchange: Exchange,
  commands: Pick<ReportedExchange, 'curl' | 'replay'>,
): ReportedExchange {
  const { request, response, failure, startedAt, ms } = exchange
  return {
    id: request.id,
    method: request.method,
    url: request.url,
    requestHeaders: request.headers.map(cutSecret),
    requestBytes: request.body.length,
    requestBody: toRequestText(request.plan, request.body),
    ...(response && toReportedResponse(response)),
    ...(failure && { failure: failure.message }),
    startedAt,
    ms,
    ...commands,
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
export function cutSecret([name, value]: Header): [string, string] {
  if (!secretHeaders.has(name.toLowerCase())) return [name, value]
  return [name, value.replace(/^(\S+ +)?.*$/s, (_, scheme: string = '') => (value === '' ? '' : `${scheme}[cut]`))]
}

/** Describes a body: the parts of a form, or the text of any other body. */
export function toRequestText({ body: planned }: RequestPlan, bytes: Buffer): string {
  if (!planned) return ''
  if (!('parts' in planned)) return isUtf8(bytes) ? shorten(bytes.toString()) : `<${bytes.length} bytes>`
  return planned.parts
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
