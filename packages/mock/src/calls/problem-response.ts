import { STATUS_CODES } from 'node:http'
import { textResponse } from '@livepeer-ai/server'

/** Returns an error that the description does not document, as problem details (RFC 9457). */
export function problemResponse(status: number, detail: string, more: object = {}): Response {
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, ...more }
  return textResponse(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })
}
